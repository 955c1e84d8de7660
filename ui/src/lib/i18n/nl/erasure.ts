const people = (said: string, count: number) => (count === 1 ? '1 persoon' : `${said} mensen`);
const several = (one: string, more: string) => (said: string, count: number) => `${said} ${count === 1 ? one : more}`;

/** What is counted of somebody, by the office's names. What everybody has stands in no list. */
const counts: Readonly<Record<string, (said: string, count: number) => string>> = {
  emails: several('e-mailadres', 'e-mailadressen'),
  phones: several('nummer', 'nummers'),
  addresses: several('adres', 'adressen'),
  websites: several('website', 'websites'),
  labels: several('label', 'labels'),
  own_fields: several('eigen veld', 'eigen velden'),
  consent_events: several('antwoord', 'antwoorden'),
  objections: several('bezwaar', 'bezwaren'),
  proofs: several('bewijsbestand', 'bewijsbestanden'),
  mails: several('mail', 'mails'),
  disclosures: several('keer doorgegeven', 'keer doorgegeven'),
  facts: several('regel geschiedenis', 'regels geschiedenis'),
};

/** Why somebody may go. */
const why: Readonly<Record<string, string>> = {
  withdrawn: 'trok het ja in, en het bewijs is niet meer nodig',
  expired: 'het ja liep af, en het bewijs is niet meer nodig',
  refused: 'zei nee',
  unconfirmed: 'bevestigde het ja nooit',
  objected: 'maakte bezwaar',
  retention_over: 'lang genoeg bewaard',
};

/** Why it ends some day, while that day is still to come. */
const ends: Readonly<Record<string, string>> = {
  withdrawn: 'Het ja is ingetrokken. Tot dan bewaar je het als bewijs.',
  expired: 'Het ja is afgelopen. Tot dan bewaar je het als bewijs.',
  refused: 'Er kwam een nee.',
  unconfirmed: 'Het ja werd nooit bevestigd.',
  objected: 'Er is bezwaar gemaakt.',
  retention_over: 'Dan is de bewaartijd voorbij.',
};

/** What stands against it. */
const bars: Readonly<Record<string, string>> = {
  open_request: 'Er is nog een verzoek te beantwoorden.',
  restricted: 'Maar er staat een slot op.',
  legal_hold: 'Maar een wet vraagt om het nog te bewaren.',
  erasure_ordered: '',
};

/** Destroying somebody's data, who may go, and who waits for it. */
export const erasure = {
  menu: 'Gegevens vernietigen',
  title: (name: string) => `De gegevens van ${name} vernietigen?`,
  lead: 'Niemand kan dit terugdraaien, ook niet met een oude reservekopie.',
  what: 'Wat er gebeurt',
  goes: (name: string, list: string) => `Alles over ${name} gaat weg: naam${list ? `, ${list}` : ''}.`,
  goesLater: (name: string, list: string) =>
    `Als je niets meer moet bewaren, gaat alles over ${name} weg: naam${list ? `, ${list}` : ''}.`,
  merged: (said: string, count: number) =>
    count === 1
      ? 'Ook het contact dat ermee samengevoegd is.'
      : `Ook de ${said} contacten die ermee samengevoegd zijn.`,
  requests: (said: string, count: number) =>
    count === 1
      ? 'Van het verzoek blijft alleen dat het gevraagd en beantwoord is.'
      : `Van de ${said} verzoeken blijft alleen dat ze gevraagd en beantwoord zijn.`,
  barred: (said: string, count: number) =>
    count === 1
      ? 'Het adres of nummer komt als code op de blokkeerlijst. Niemand kan het daaruit lezen, maar het komt niet ongemerkt terug.'
      : `${said} adressen en nummers komen als code op de blokkeerlijst. Niemand kan ze daaruit lezen, maar ze komen niet ongemerkt terug.`,
  recipients: (list: string, count: number) =>
    count === 1
      ? `${list} heeft de gegevens ook. Vraag om ze daar te wissen.`
      : `${list} hebben de gegevens ook. Vraag om ze daar te wissen.`,
  remains: 'Er blijft een attest dat zegt dat het gebeurde, zonder naam.',
  counts,
  ground: 'Waarom',
  byRequest: (day: string) => `Gevraagd in het verzoek van ${day}`,
  byRequestHint: 'Het verzoek wordt hiermee beantwoord, als dat al mag.',
  byReason: 'Om een andere reden',
  byReasonHint: 'Het verzoek blijft dan open.',
  reason: 'De reden',
  reasonHint: 'Bijvoorbeeld: vroeg het aan de toonbank.',
  reasonMissing: 'Schrijf waarom je deze gegevens vernietigt.',
  groundMissing: 'Kies waarom.',
  hold: 'Ik moet de gegevens nog een tijd bewaren',
  holdHint: 'Bijvoorbeeld omdat er facturen zijn. Tot dan staat alles op slot.',
  books: (years: number) => `Er zijn facturen: ${years} jaar bewaren`,
  booksDuty: (years: number) => `boekhouding, ${years} jaar`,
  until: 'Bewaren tot en met',
  untilMissing: 'Vul de laatste dag in waarop je ze moet bewaren.',
  untilPast: 'Die dag is voorbij. Vul een dag in die nog komt.',
  duty: 'Wat vraagt dat',
  dutyHint: 'Bijvoorbeeld: boekhouding, tien jaar.',
  dutyMissing: 'Schrijf welke plicht dat is.',
  stands: (day: string, reason: string) =>
    `Je moet de gegevens bewaren tot en met ${day}: ${reason}. Tot dan staan ze op slot.`,
  letter: 'Eerst een brief maken die zegt dat alles gewist is',
  letterHint: 'Daarna weet niemand meer aan wie die gaat.',
  warnings: {
    identity_unconfirmed: 'Nog niemand ging na of het verzoek echt van deze persoon komt.',
    open_requests: 'Er is nog een ander verzoek te beantwoorden.',
    mail_waiting: 'Er wacht nog een mail. Die gaat onverstuurd mee weg.',
    journal_behind: 'De regel voor je reservekopieën kon niet geschreven worden. Dat gebeurt bij de volgende start.',
    log_in_use: 'Een ander programma leest de kluis nog zoals ze was. De rest gaat weg als dat klaar is.',
  },
  destroy: (name: string) => `Vernietig de gegevens van ${name}`,
  lock: (day: string) => (day ? `Op slot tot en met ${day}` : 'Op slot zetten'),
  onLock: (name: string) =>
    `${name} staat op slot: je mag de gegevens bewaren, en verder niets. Vraagt ${name} om ze te wissen, noteer dan eerst dat verzoek. Of hef eerst het slot op.`,
  done: {
    title: 'De gegevens zijn vernietigd',
    locked: 'Op slot gezet',
    lockedText: (day: string, first: string) =>
      `Tot en met ${day} bewaar je alles, en verder niets. Vanaf ${first} vind je het bij Mag weg, om te vernietigen.`,
    on: 'Vernietigd op',
    certificate: 'Attest',
    what: 'Weg',
    blocked: 'Blokkeerlijst',
    blockedOf: (said: string, count: number) => (count === 1 ? '1 code' : `${said} codes`),
    entry: 'In het logboek',
    entryOf: (said: string) => `regel ${said}`,
    tell: 'Vraag nog aan wie de gegevens ook heeft om ze te wissen:',
    letter: 'Brief',
    request: {
      answered: 'Het verzoek is afgesloten.',
      refused: 'Het verzoek was al geweigerd, en blijft dat.',
      open: 'Het verzoek blijft open: laat het weten en sluit het af.',
    },
    save: 'Attest bewaren',
    saved: (path: string) => `Bewaard als ${path}.`,
  },
  /** On a contact's page. */
  kept: {
    title: 'Bewaren',
    needed: 'Zolang er een reden voor is.',
    still: 'Tot dan is er nog een reden om het te bewaren.',
    from: (day: string) => `Mag weg vanaf ${day}.`,
    since: (day: string) => `Mag weg sinds ${day}.`,
    ends,
    bars,
    why,
    now: 'Nu vernietigen',
    earlier: 'Toch al vernietigen',
    ordered: (day: string) => `Wordt vernietigd vanaf ${day}.`,
    due: 'De bewaarplicht is voorbij: dit kan nu vernietigd worden.',
    duty: (day: string, reason: string) => `Bewaren tot en met ${day}: ${reason}.`,
    bar: (name: string, day: string) => `${name} staat op slot en wordt vernietigd vanaf ${day}.`,
    lifts: 'De vernietiging die wacht, gaat dan niet door.',
  },
  /** After a yes was taken back and nothing else wants somebody kept. */
  proposed: {
    title: (name: string) => `Niets vraagt nog om ${name} te bewaren`,
    later: (day: string) =>
      `Het ingetrokken ja bewaar je best nog als bewijs, tot ${day}. Daarna staat dit contact bij Mag weg.`,
    now: 'Vraagt iemand om alles te wissen, of verwacht je geen vraag meer? Dan kan het nu al.',
    keep: 'Nog bewaren',
    destroy: 'Vernietigen',
  },
  /** The page of those who may go. */
  leaving: {
    title: 'Mag weg',
    lead: 'Niets vraagt nog om deze mensen te bewaren. Er gaat niets vanzelf: jij beslist.',
    list: 'Wie weg mag',
    columns: { name: 'Naam', since: 'Sinds', why: 'Waarom' },
    first: (shown: string, all: string) => `De eerste ${shown} van ${all}.`,
    choose: (name: string) => `${name} kiezen`,
    all: 'Allemaal kiezen',
    destroyAll: (said: string, count: number) => `Vernietig de gegevens van ${people(said, count)}`,
    one: 'Vernietigen',
    oneOf: (name: string) => `${name} vernietigen`,
    none: 'Niemand kiezen',
    title2: (said: string, count: number) => `De gegevens van ${people(said, count)} vernietigen?`,
    who: (list: string, others: number, said: string) =>
      others === 0 ? list : `${list} en ${others === 1 ? '1 ander' : `${said} anderen`}`,
    working: 'Gegevens vernietigen',
    unit: 'mensen',
    done: (said: string, count: number) =>
      count === 1 ? 'De gegevens van 1 persoon zijn vernietigd.' : `De gegevens van ${said} mensen zijn vernietigd.`,
    stopped: (said: string, count: number) =>
      count === 1
        ? 'Gestopt. De gegevens van 1 persoon zijn vernietigd, de rest staat er nog.'
        : `Gestopt. De gegevens van ${said} mensen zijn vernietigd, de rest staat er nog.`,
    waiting: 'Wacht op het einde van een bewaarplicht',
    until: (day: string) => `tot en met ${day}`,
    over: 'bewaarplicht voorbij',
    empty: {
      title: 'Niemand hoeft weg',
      text: 'Van iedereen is nog iets nodig. Loopt er iets af, dan staat het hier, met de reden.',
      today: 'Naar vandaag',
    },
    row: (said: string, count: number) => (count === 1 ? '1 persoon mag weg' : `${said} mensen mogen weg`),
    rowSecond: (day: string) => `Niets vraagt nog om hen te bewaren, de eerste sinds ${day}`,
    rowDue: (said: string, count: number) =>
      count === 1 ? 'Van 1 persoon is de bewaarplicht voorbij' : `Van ${said} mensen is de bewaarplicht voorbij`,
    see: 'Bekijken',
  },
  dossier: {
    menu: 'Bewijsdossier maken',
    title: (name: string) => `Bewijsdossier van ${name}`,
    text: 'Eén ondertekend bestand met alles wat bewijst wat er afgesproken is: de antwoorden, de teksten zoals ze getoond werden, de bewijsbestanden en het logboek. Iedereen kan nakijken dat er niets aan veranderd is.',
    plain: 'Het bestand is niet versleuteld. Geef het alleen aan wie het nodig heeft, zoals de toezichthouder.',
    make: 'Dossier maken',
    ready: 'Het dossier staat klaar',
    file: 'Bestand',
    where: 'Map',
    show: 'Map openen',
    files: 'Erin',
    filesOf: (said: string, count: number) => (count === 1 ? '1 bestand' : `${said} bestanden`),
    fingerprint: 'Vingerafdruk',
    check: 'Wie het krijgt, vergelijkt de vingerafdruk met die op je noodblad of op een brief van je.',
  },
};

export type Erasure = typeof erasure;
