/** Contacts that may be the same, two at a time. */
export const duplicates = {
  title: 'Misschien dezelfde',
  lead: 'Kijk twee aan twee na of het één persoon is. Er gaat niets verloren, en je kunt alles terugdraaien.',
  /** From elsewhere to this page. */
  link: (said: string, count: number) =>
    count === 1 ? 'Misschien 1 keer iemand dubbel' : `Misschien ${said} keer iemand dubbel`,
  list: 'Wie misschien dezelfde is',
  count: (said: string, count: number) => (count === 1 ? '1 paar' : `${said} paren`),
  more: (shown: string, total: string) =>
    `Je ziet de ${shown} waarschijnlijkste van ${total}. Handel er een af, en de volgende komt erbij.`,
  pair: (one: string, other: string) => (one === other ? `Twee keer ${one}` : `${one} en ${other}`),
  same: {
    email: 'zelfde e-mailadres',
    phone: 'zelfde nummer',
    name: 'zelfde naam',
    near_name: 'bijna dezelfde naam',
    birthday: 'zelfde geboortedag',
    postal_code: 'zelfde postcode',
    organisation: 'zelfde organisatie',
  },
  differs: {
    given: 'andere voornaam',
    family: 'andere achternaam',
    birthday: 'andere geboortedag',
  },
  for: 'Wat ervoor spreekt',
  against: 'Wat ertegen spreekt',
  came: 'Herkomst',
  locked: (name: string) => `${name} staat op slot. Voeg je samen, dan geldt dat slot voor beide.`,
  merge: 'Samenvoegen',
  distinct: 'Het zijn er twee',
  later: 'Later',
  open: 'Pagina openen',
  kept: (one: string, other: string) =>
    one === other ? `Twee keer ${one}: het zijn er twee.` : `${one} en ${other} zijn er twee.`,
  keptUndone: 'Ze staan er weer bij.',
  none: {
    title: 'Niemand lijkt dubbel',
    text: 'Komen er contacten bij die misschien dezelfde zijn, dan vind je ze hier.',
    contacts: 'Naar de contacten',
  },
};

export type Duplicates = typeof duplicates;
