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
    `${purpose}: ${count === 1 ? '1 mens zegt' : `${said} mensen zeggen`} ja`,
  waiting: (purpose: string, said: string, count: number) =>
    `${purpose}: ${count === 1 ? '1 antwoord komt' : `${said} antwoorden komen`} nog`,
  refused: (purpose: string, said: string, count: number) =>
    `${purpose}: ${count === 1 ? '1 mens zegt' : `${said} mensen zeggen`} nee`,
  expired: (purpose: string, said: string, count: number) =>
    `${purpose}: bij ${count === 1 ? '1 mens' : `${said} mensen`} is het ja voorbij`,
  not_asked: (purpose: string, said: string, count: number) =>
    `${purpose}: ${count === 1 ? '1 mens is' : `${said} mensen zijn`} nog niet gevraagd`,
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
};

export type Consents = typeof consents;
