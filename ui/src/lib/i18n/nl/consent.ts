import type { ConsentWarning, ContactChannel } from '../../bindings';

/** What to know about an answer that is not wrong. */
const warnings: Record<ConsentWarning, (name: string) => string> = {
  guardian_needed: (name) => `${name} is nog te jong om alleen ja te zeggen. Een ouder of voogd moet mee ja zeggen.`,
  expired: () => 'Dit ja is al voorbij: het telt alleen voor toen.',
  later_yes: (name) => `${name} zei later weer ja. Dat ja blijft gelden.`,
  later_no: (name) => `Telt niet: ${name} zei later nee of trok het in.`,
  later_version: () => 'Deze tekst gold op die dag nog niet.',
  earlier_yes_stands: () => 'Het eerdere ja geldt tot dit bevestigd is.',
};

/** What you may do on each way. */
const verbs: Record<Exclude<ContactChannel, 'in_person'>, string> = {
  email: 'mailen',
  phone: 'bellen',
  sms: 'sms’en',
  post: 'schrijven',
  messaging: 'een bericht sturen',
};

/** What a way needs and is not there. */
const lacking: Record<ContactChannel, string> = {
  email: 'e-mailadres',
  phone: 'telefoonnummer',
  sms: 'gsm-nummer',
  post: 'postadres',
  messaging: 'gsm-nummer',
  in_person: 'adres',
};

/** Logging a consent given on the phone. */
export const consent = {
  kicker: 'Toestemming aan de telefoon',
  someoneElse: 'Iemand anders',
  save: 'Bewaren',
  script: 'Script en antwoorden',
  quote: (text: string) => `“${text}”`,
  answer: { yes: 'Ja', no: 'Nee', skip: 'Niet gevraagd' },
  answerKey: { yes: 'j', no: 'n', skip: 'g' },
  now: (status: string) => `Nu: ${status}`,
  nowUntil: (status: string, day: string) => `Nu: ${status}, tot en met ${day}`,
  more: 'Wat we ermee doen',
  moreKey: 'w',
  otherLanguage: (language: string) => `Deze tekst bestaat alleen in het ${language}.`,
  wordless: (count: number, titles: string) =>
    count === 1
      ? `${titles} heeft nog geen tekst om voor te lezen.`
      : `${titles} hebben nog geen tekst om voor te lezen.`,
  differs: 'Per doel anders',
  waysFor: (title: string) => `Wegen voor ${title}`,
  express: 'Hier telt alleen een uitdrukkelijk ja: lees de hele vraag voor.',
  anyWay: 'Om het even',
  lasting: {
    years: (count: number) => `${count} jaar`,
    months: (count: number) => (count === 1 ? '1 maand' : `${count} maanden`),
    open: 'Tot ik het intrek',
  },
  keys: {
    answer: 'antwoorden',
    move: 'vorige, volgende',
    choose: 'kiezen',
    aside: 'notitie en bewijs',
  },
  pick: {
    title: 'Met wie spreek je?',
    label: 'Naam, e-mail of telefoonnummer',
    results: 'Gevonden mensen',
    nobody: 'Niemand gevonden met die woorden.',
    make: (typed: string) => (typed ? `Nieuw: ${typed}` : 'Iemand nieuw'),
    makeHint: 'Je vult naam, telefoon en e-mail meteen in.',
    restricted: 'op slot',
    start: 'Typ een deel van de naam, het nummer of het adres.',
  },
  new: {
    title: 'Nieuw contact',
    legend: 'Wie is het?',
    missing: 'Vul een naam, een nummer of een e-mailadres in.',
    is: (name: string) => `Dat is ${name}`,
    anyway: 'Toch iemand nieuw',
  },
  locked: {
    title: (name: string) => `${name} staat op slot.`,
    text: 'Zolang dat duurt, mag je niets nieuws vragen en geen ja noteren. Zeg dat eerlijk, en dat je terugbelt.',
    since: (day: string, reason: string) => `Sinds ${day}: ${reason}`,
    page: (name: string) => `Pagina van ${name} openen`,
  },
  empty: {
    title: 'Nog niets om te vragen',
    text: 'Een doel is iets waarvoor je toestemming vraagt, zoals een nieuwsbrief. Maak er eerst een, met de vraag die je voorleest.',
    make: 'Doel maken',
  },
  aside: {
    label: 'Over het gesprek',
    language: 'Taal van het gesprek',
    when: 'Wanneer',
    now: (day: string, time: string) => `Nu, ${day} ${time}`,
    earlier: 'Vandaag, een ander uur',
    other: 'Een andere dag',
    time: 'Hoe laat',
    timeHint: 'Bijvoorbeeld 9.12 of 14 uur.',
    timeWrong: 'Dat is geen uur. Schrijf bijvoorbeeld 9.12.',
    timeAhead: 'Dat uur moet nog komen.',
    day: 'Welke dag',
    dayMissing: 'Vul in welke dag het was.',
    dayAhead: 'Die dag moet nog komen.',
    note: 'Notitie',
    noteHint: 'Alleen wat later nuttig is',
    guardian: 'Ouder of voogd die mee ja zegt',
    guardianHint: 'Voornaam en naam. Dat is nodig voor een kind.',
    proof: 'Bewijs',
    drop: 'Sleep een opname of scan',
    choose: 'kies een bestand',
    or: 'of',
    kept: 'Wat je voorleest, bewaren we sowieso mee als bewijs.',
    dropName: 'Bewijs toevoegen: opname of scan',
    remove: (name: string) => `${name} weghalen`,
    sending: (share: string) => `${share} binnen`,
  },
  foot: {
    none: 'Nog niets gekozen. Lees voor en tik het antwoord aan.',
    clash: 'Kijk eerst na wie het is.',
    skipped: 'Nog geen ja of nee. Niet gevraagd verandert niets.',
    ways: 'Vraag nog langs welke wegen dat mag.',
    what: 'Wat volgt:',
    answer: 'Tik bij minstens één vraag ja of nee aan.',
    files: 'Nog even: je bestand komt binnen.',
    brokenFile: 'Een bestand kwam niet binnen. Haal het weg of kies het opnieuw.',
    when: 'Kijk na wanneer het gesprek was.',
    noAddress: (name: string, what: string) => `Van ${name} heb je nog geen ${what}.`,
    saving: 'Bewaren',
  },
  leave: {
    text: 'Er is al iets ingevuld. Wat wil je ermee?',
    discard: 'Weggooien',
    keep: 'Bewaren voor straks',
    on: 'Verdergaan',
  },
  unsaved: (name: string, when: string) => (name ? `Je was bezig met ${name}, ${when}.` : `Je was al bezig, ${when}.`),
  lacking,
  warnings,
  follows: {
    verbs,
    until: (last: string, name: string, verbs: string, titles: string) =>
      `Tot en met ${last} mag je ${name} ${verbs} voor ${titles}.`,
    open: (name: string, verbs: string, titles: string) =>
      `Je mag ${name} ${verbs} voor ${titles}, tot ${name} het intrekt.`,
    holdsUntil: (last: string, titles: string) => `Tot en met ${last} geldt het ja voor ${titles}.`,
    holds: (name: string, titles: string) => `Het ja voor ${titles} geldt tot ${name} het intrekt.`,
    not: (titles: string) => `Niet voor ${titles}.`,
    notYet: (title: string, why: string) => `${title} mag nog niet: ${why}.`,
  },
  calls: {
    at: (at: string, whole: string) => `${at} van ${whole}`,
    progress: 'Hoever de bellijst is',
    skip: 'Niet bereikt, volgende',
    notKept: 'De bellijst kon niet bewaard worden: na een herstart begint ze weer bij dit gesprek.',
  },
  saved: (name: string, what: string) => `Genoteerd voor ${name}. ${what}`,
  undone: (name: string) => `Teruggedraaid: voor ${name} geldt weer wat er stond.`,
  undoneNew: (name: string) => `Teruggedraaid. ${name} staat niet meer bij je contacten.`,
  draftStays: 'Het kladje kon niet weg: biedt Akkoord het nog aan, gooi het dan weg.',
  undoNote: 'Meteen na het bewaren teruggedraaid',
  someone: 'deze persoon',
};

export type Consent = typeof consent;
