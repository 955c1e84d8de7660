import type { Narrow, StandSort } from '../../bindings';

/** What a list is narrowed to. */
const narrows: Record<Narrow, string> = {
  expiring_soon: 'Verloopt binnen 30 dagen',
  answered_lately: 'Deze week geantwoord',
  unconfirmed: 'Bevestigt nog',
  older_wording: 'Oudere tekst',
  wording_changed: 'Tekst veranderd',
  waiting_long: 'Langer dan 14 dagen',
};

/** What the column with the date is about, by the part of the ring. */
const since = {
  given: 'Ja sinds',
  waiting: 'Gevraagd op',
  refused: 'Nee sinds',
  expired: 'Verlopen op',
  not_asked: 'Sinds',
};

/** The title above the list of a part. */
const titles = {
  given: (purpose: string, said: string, count: number) =>
    `${purpose}: ${count === 1 ? '1 persoon zegt' : `${said} mensen zeggen`} ja`,
  waiting: (purpose: string, said: string, count: number) =>
    `${purpose}: ${count === 1 ? '1 antwoord komt' : `${said} antwoorden komen`} nog`,
  refused: (purpose: string, said: string, count: number) =>
    `${purpose}: ${count === 1 ? '1 persoon zegt' : `${said} mensen zeggen`} nee`,
  expired: (purpose: string, said: string, count: number) =>
    `${purpose}: bij ${count === 1 ? '1 persoon' : `${said} mensen`} is het ja voorbij`,
  not_asked: (purpose: string, said: string, count: number) =>
    `${purpose}: ${count === 1 ? '1 persoon is' : `${said} mensen zijn`} nog niet gevraagd`,
};

/** The same, of a day that is over. */
const titlesThen = {
  given: (purpose: string, said: string) => `${purpose}: toen ${said} keer ja`,
  waiting: (purpose: string, said: string) => `${purpose}: toen ${said} antwoorden te wachten`,
  refused: (purpose: string, said: string) => `${purpose}: toen ${said} keer nee`,
  expired: (purpose: string, said: string) => `${purpose}: toen ${said} keer verlopen`,
  not_asked: (purpose: string, said: string) => `${purpose}: toen ${said} nog niet gevraagd`,
};

const sorts: Record<StandSort, string> = { name: 'Op naam sorteren', since: 'Op datum sorteren' };

/** Who says yes, who says no, and whom you can still ask. */
export const consents = {
  title: 'Toestemming',
  lead: 'Wie zei ja, wie nee, en wie kun je het nog vragen?',
  purposes: 'Doelen en teksten',
  ask: 'Toestemming vragen',
  yes: 'zegt ja',
  version: (version: number, day: string) => `versie ${version} · sinds ${day}`,
  noVersion: 'toen nog geen tekst',
  split: {
    refused: (refused: string, withdrawn: string) => `${refused} zeiden nee, ${withdrawn} trokken hun ja in`,
    waiting: (asked: string, awaiting: string) => `${asked} gevraagd, ${awaiting} bevestigen nog`,
  },
  others: {
    title: 'Zonder toestemming',
    text: 'Hiervoor hoef je niets te vragen; iemand kan er wel bezwaar tegen maken.',
  },
  on: {
    label: 'Zoals het was op',
    open: 'Kijk op een andere dag',
    then: (day: string) => `Zo stond het aan het einde van ${day}.`,
    why: 'Vragen en exporteren doe je vandaag.',
    back: 'Terug naar vandaag',
    ahead: 'Die dag moet nog komen.',
  },
  titles,
  titlesThen,
  list: 'Mensen',
  search: (said: string) => `Zoek in deze ${said}`,
  searchName: 'Zoeken in deze lijst',
  narrowing: 'Filteren',
  narrows,
  found: (said: string, all: string) => `${said} van ${all}`,
  columns: { name: 'Naam', since, language: 'Taal', how: 'Langs', where: 'Waar staat het' },
  sorts,
  where: {
    noAnswer: 'Geen antwoord',
    underway: 'Brief onderweg',
    long: (days: string) => `Al ${days} dagen`,
    until: (day: string) => `Tot en met ${day}`,
    open: 'Tot het ingetrokken wordt',
    older: (version: number) => `Zei ja op versie ${version}`,
    reworded: 'De tekst is veranderd',
    over: 'Voorbij',
  },
  hows: {
    phone: 'Telefoon',
    email: 'E-mail',
    letter: 'Post',
    in_person: 'In de winkel',
    web_form: 'Website',
    kiosk: 'Toonbank',
    portal: 'Eigen pagina',
    sms: 'Sms',
    messaging: 'Bericht',
  },
  nobody: {
    title: 'Hier staat niemand',
    text: 'Kies een ander getal in de ringen hierboven, of haal een filter weg.',
    clear: 'Alles tonen',
  },
  none: {
    title: 'Nog niets om toestemming voor te vragen',
    text: 'Een doel is iets waarvoor je een ja nodig hebt, zoals een nieuwsbrief. Schrijf de vraag één keer op; daarna zie je hier wie ja zei en wie nog niet.',
    make: 'Een doel maken',
  },
  noContacts: {
    title: 'Nog geen mensen om het te vragen',
    text: 'Zet eerst je contacten over. Daarna zie je hier per doel wie ja zei en wie je het nog kunt vragen.',
    import: 'Contacten invoeren',
  },
  picked: { export: (said: string) => `${said} exporteren` },
  exportAll: 'Exporteren',
  plan: {
    title: (purpose: string) => `Toestemming vragen: ${purpose}`,
    lead: (said: string, count: number) =>
      count === 1
        ? 'Langs de eerste weg die mag, in de eigen taal.'
        : `Elk van deze ${said} mensen langs de eerste weg die mag, in de eigen taal.`,
    ways: 'Hoe vraag je het?',
    way: { email: 'Per e-mail', post: 'Per brief', phone: 'Aan de telefoon' },
    by: {
      email: (said: string) => `${said} per mail`,
      post: (said: string) => `${said} per brief`,
      phone: (said: string) => `${said} te bellen`,
    },
    act: { email: 'Mails klaarzetten', post: 'Brieven klaarzetten', phone: 'Beginnen met bellen' },
    prepared: {
      email: (said: string, count: number) => (count === 1 ? '1 mail staat klaar.' : `${said} mails staan klaar.`),
      post: (said: string, count: number) => (count === 1 ? '1 brief staat klaar.' : `${said} brieven staan klaar.`),
    },
    ready: 'Staat klaar',
    cannot: (said: string, count: number, why: string) =>
      `${said} ${count === 1 ? 'mag' : 'mogen'} je zo niet vragen: ${why}`,
    agreed: (said: string, count: number) =>
      `${said} ${count === 1 ? 'zegt al ja en hoeft' : 'zeggen al ja en hoeven'} niets te horen`,
    noLanguage: 'van wie je de taal niet kent',
    wordless: 'Dit doel heeft nog geen tekst om mee te vragen.',
    write: 'De vraag schrijven',
    nobody: 'Niemand van hen mag je zo vragen. Kies een andere weg.',
    nothing: 'Er is niets te vragen.',
    foot: 'Klaarzetten vraagt nog niets: dat doe je als je ze verstuurt.',
    close: 'Sluiten',
  },
  export: {
    title: (said: string, count: number) => (count === 1 ? '1 persoon exporteren' : `${said} mensen exporteren`),
    lead: 'Een tabel voor je mailprogramma of tekstverwerker: namen en het adres van één weg, niets meer.',
    purpose: 'Waarvoor je hen bereikt',
    way: 'Langs welke weg',
    noWay: 'Kies eerst langs welke weg je hen bereikt.',
    nobody: 'Niemand van hen mag je zo bereiken. Kies een andere weg of een ander doel.',
    goes: (count: number): string => (count === 1 ? 'gaat mee' : 'gaan mee'),
    stays: (count: number): string => (count === 1 ? 'blijft hier' : 'blijven hier'),
    why: 'Waarom ze hier blijven',
    foot: 'Wat je exporteert, staat in het logboek.',
    save: (said: string, count: number) => (count === 1 ? '1 persoon exporteren' : `${said} mensen exporteren`),
    saveNone: 'Exporteren',
  },
  ready: {
    title: 'Het bestand staat klaar',
    file: 'Bestand',
    where: 'Map',
    inIt: 'Erin',
    people: (said: string, count: number) => (count === 1 ? '1 persoon' : `${said} mensen`),
    stayed: 'Bleven hier',
    guarded: (said: string) =>
      `${said} cellen kregen een aanhalingsteken vooraan, zodat een rekenblad er geen formule in leest.`,
    show: 'Map openen',
    close: 'Sluiten',
  },
  prepared: {
    title: 'Klaar om te versturen',
    toCall: 'Klaar om te bellen',
    what: {
      email: (said: string, count: number, title: string) => `${said} ${count === 1 ? 'mail' : 'mails'} voor ${title}`,
      post: (said: string, count: number, title: string) =>
        `${said} ${count === 1 ? 'brief' : 'brieven'} voor ${title}`,
    },
    since: (day: string) => `klaargezet op ${day}, nog niemand telt als gevraagd`,
    file: 'Samenvoegbestand',
    sent: 'Verstuurd op…',
    away: 'Toch niet versturen',
    gone: 'Weggelegd. Niemand werd gevraagd.',
    calls: (title: string) => `Bellijst voor ${title}`,
    called: (done: string, whole: string) => `${done} van ${whole} gehad`,
    later: (said: string) => `${said} niet bereikt`,
    goOn: 'Verder bellen',
    again: 'Opnieuw proberen',
    dropCalls: 'Bellijst weggooien',
  },
  sent: {
    title: { email: 'Wanneer heb je de mails verstuurd?', post: 'Wanneer heb je de brieven verstuurd?' },
    text: 'Vanaf die dag telt iedereen erin als gevraagd. Wie intussen op slot staat of bezwaar maakte, blijft erbuiten.',
    on: 'Verstuurd op',
    missing: 'Vul in wanneer je ze verstuurde.',
    ahead: 'Die dag moet nog komen.',
    before: (day: string) => `Ze werden pas klaargezet op ${day}.`,
    save: 'Noteren dat ze weg zijn',
    done: (said: string, count: number) => (count === 1 ? '1 persoon is gevraagd.' : `${said} mensen zijn gevraagd.`),
    left: (said: string, count: number) =>
      count === 1 ? '1 persoon bleef erbuiten.' : `${said} mensen bleven erbuiten.`,
  },
};

export type Consents = typeof consents;
