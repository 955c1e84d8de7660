const inWords = ['geen', 'één', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen', 'tien'];
const words = (count: number) => inWords[count] ?? String(count);
const sentence = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** Today. */
export const today = {
  logConsent: 'Toestemming noteren',
  lead: {
    breaches: (count: number) =>
      count === 1 ? 'Eén datalek is nog te melden.' : `${sentence(words(count))} datalekken zijn nog te melden.`,
    late: (count: number) =>
      count === 1 ? 'Eén antwoord is te laat.' : `${sentence(words(count))} antwoorden zijn te laat.`,
    soon: (count: number, also: boolean) => {
      const who = also
        ? count === 1
          ? 'Eén ander moet'
          : `${sentence(words(count))} andere moeten`
        : count === 1
          ? 'Eén antwoord moet'
          : `${sentence(words(count))} antwoorden moeten`;
      return `${who} binnen de week de deur uit.`;
    },
    later: (count: number, day: string) =>
      count === 1 ? `Eén verzoek wacht, ${day}.` : `${sentence(words(count))} verzoeken wachten, het eerste ${day}.`,
    chores: 'Niets te beantwoorden. Er ligt wel wat klaar voor als je even tijd hebt.',
    calm: 'Alles is gedaan. Er is niets te beantwoorden.',
    first: 'Je kluis is klaar. Zo begin je.',
  },
  breaches: { title: 'Te melden' },
  due: {
    title: 'Te beantwoorden',
    all: 'Alle verzoeken',
    still: 'termijn staat stil',
  },
  tasks: {
    title: 'Als je even tijd hebt',
    kit_unconfirmed: 'Je noodblad is nog niet nagekeken',
    kitSecond: 'Zonder blad kan niemand je kluis nog openen als het misgaat',
    kitGo: 'Blad nakijken',
    backup: 'Er is geen verse reservekopie',
    backupNone: 'Wat je de laatste tijd noteerde, staat in geen enkele kopie',
    backupLast: (day: string) => `De laatste is van ${day}`,
    mail_stuck: (count: number, said: string) =>
      count === 1 ? '1 mail raakte niet weg' : `${said} mails raakten niet weg`,
    mailSince: (day: string) => `De oudste schreef je op ${day}`,
    inform: (count: number, said: string) =>
      count === 1
        ? '1 persoon laten weten dat je de gegevens hebt'
        : `${said} mensen laten weten dat je hun gegevens hebt`,
    awaiting_confirmation: (count: number, said: string) =>
      count === 1 ? '1 persoon moet een ja nog bevestigen' : `${said} mensen moeten een ja nog bevestigen`,
    awaitingSince: (day: string) => `Het oudste sinds ${day}`,
    expiring_soon: (count: number, said: string) =>
      count === 1
        ? '1 persoon heeft een ja dat binnenkort afloopt'
        : `${said} mensen hebben een ja dat binnenkort afloopt`,
    expiringFirst: (day: string) => `De eerste op ${day}`,
    wording_changed: (count: number, said: string) =>
      count === 1
        ? '1 persoon heeft een ja dat niet meer geldt: de tekst veranderde'
        : `${said} mensen hebben een ja dat niet meer geldt: de tekst veranderde`,
    wordingSince: (day: string) => `De tekst veranderde op ${day}`,
    waiting_long: (count: number, said: string) =>
      count === 1
        ? '1 persoon antwoordt al meer dan 14 dagen niet'
        : `${said} mensen antwoorden al meer dan 14 dagen niet`,
    silentSince: (day: string) => `De eerste vroeg je op ${day}`,
    see: 'Bekijken',
    ask: 'Opnieuw vragen',
  },
  rings: {
    title: 'Toestemming',
    yes: (yes: string, all: string, count: number) => `${yes} van ${all} ${count === 1 ? 'zegt' : 'zeggen'} ja`,
    parts: {
      given: 'ja',
      waiting: 'wachten',
      no: 'nee of ingetrokken',
      expired: 'verlopen',
      not_asked: 'nog niet gevraagd',
    },
    none: 'Nog geen doel. Een doel is waarvoor je iets vraagt, zoals een nieuwsbrief.',
    add: 'Doel toevoegen',
  },
  lately: (count: number, said: string) =>
    count === 1 ? 'De laatste week kwam er 1 antwoord binnen.' : `De laatste week kwamen er ${said} antwoorden binnen.`,
  calm: {
    title: 'Alles is gedaan',
    text: 'Komt er een vraag of een ja binnen, noteer ze dan meteen. De rest houdt Akkoord in de gaten.',
  },
  first: {
    import: 'Voer je contacten in',
    importText: 'Uit Google, Outlook of je kassa. Je kijkt eerst na, dan pas wordt er iets bewaard.',
    importDo: 'Contacten invoeren',
    purpose: 'Zeg waarvoor je iets vraagt',
    purposeText:
      'Een nieuwsbrief, een herinnering: schrijf de zin die je voorleest. Daarmee bewijs je later wat iemand hoorde.',
    purposeDo: 'Doel toevoegen',
    consent: 'Noteer het eerste ja',
    consentText: 'Terwijl de klant nog aan de lijn is. Het duurt geen halve minuut.',
    consentDo: 'Toestemming noteren',
  },
};

export type Today = typeof today;
