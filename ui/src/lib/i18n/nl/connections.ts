import type { ConnectionFormat, ConnectionWarning, Reason } from '../../bindings';

/** Why somebody stays, after "3 mensen": as a verb in the singular and the plural. */
const stays: Record<Reason, readonly [one: string, more: string]> = {
  allowed_consent: ['zei ja', 'zeiden ja'],
  allowed_basis: ['mag zonder vragen', 'mogen zonder vragen'],
  not_asked: ['is nog niets gevraagd', 'is nog niets gevraagd'],
  awaiting_confirmation: ['moet het ja nog bevestigen', 'moeten het ja nog bevestigen'],
  refused: ['zei nee', 'zeiden nee'],
  withdrawn: ['trok het ja weer in', 'trokken het ja weer in'],
  expired: ['zei ja, maar dat liep af', 'zeiden ja, maar dat liep af'],
  wording_changed: ['zei ja tegen een oudere tekst', 'zeiden ja tegen een oudere tekst'],
  objected: ['maakte bezwaar', 'maakten bezwaar'],
  restricted: ['staat op slot', 'staan op slot'],
  erased: ['is gewist', 'zijn gewist'],
  wrong_channel: ['wil het langs een andere weg', 'willen het langs een andere weg'],
  no_address: ['heeft daar geen adres voor', 'hebben daar geen adres voor'],
  guardian_needed: ['heeft een ouder nodig die ja zegt', 'hebben een ouder nodig die ja zegt'],
  basis_missing: ['valt niet onder dit doel', 'vallen niet onder dit doel'],
  no_sharing_permission: ['gaf geen toestemming om te delen', 'gaven geen toestemming om te delen'],
  field_withheld: ['heeft alleen wat te gevoelig is', 'hebben alleen wat te gevoelig is'],
  unknown_purpose: ['heeft geen doel', 'hebben geen doel'],
  unknown_contact: ['is onbekend', 'zijn onbekend'],
};

const formats: Record<ConnectionFormat, { label: string; hint: string }> = {
  csv: { label: 'CSV', hint: 'Een kolom voor elk gegeven, zoals nieuwsbriefdiensten het lezen.' },
  google: { label: 'Google Contacten', hint: 'CSV zoals Google het invoert.' },
  outlook: { label: 'Outlook', hint: 'CSV zoals Outlook het invoert.' },
  vcard: { label: 'vCard', hint: 'Kaartjes voor een telefoon of adresboek.' },
  suppression: { label: 'Niet meer mailen', hint: 'De e-mailadressen die daar op de uitsluitlijst moeten.' },
};

const warnings: Record<ConnectionWarning, string> = {
  no_purpose: 'Er is nog geen doel gekozen, dus er gaat niemand mee.',
  field_held_back: 'Een gegeven is te gevoelig voor deze koppeling. Dat blijft altijd hier.',
  outside_eea:
    'Buiten de Europese Economische Ruimte mag dit alleen met een extra afspraak. Vraag ernaar bij de dienst.',
};

/** Who outside receives data. */
export const connections = {
  title: 'Koppelingen',
  lead: 'Wie buiten Akkoord gegevens krijgt. Er vertrekt niets voor je het nakijkt.',
  add: 'Koppeling toevoegen',
  attention: 'Vraagt aandacht',
  takeOut: (count: number, said: string, title: string) =>
    count === 1
      ? `Bij ${title} staat nog 1 persoon die eruit moet`
      : `Bij ${title} staan nog ${said} mensen die eruit moeten`,
  takeOutWhy: 'Hun gegevens gingen mee, en dat mag nu niet meer.',
  takeOutDo: 'Nakijken',
  look: 'Nakijken',
  receive: 'Krijgen gegevens',
  columns: { gets: 'Krijgt', last: 'Laatst', now: 'Als je nu doorgeeft' },
  never: 'nog nooit',
  goes: (count: number): string => (count === 1 ? 'gaat' : 'gaan'),
  stays: (count: number): string => (count === 1 ? 'blijft' : 'blijven'),
  staysHere: (count: number): string => (count === 1 ? 'blijft hier' : 'blijven hier'),
  check: 'Nakijken',
  kinds: { file: 'Een bestand dat je doorgeeft', carddav: 'Een adresboek op een server' },
  most: { none: 'niets persoonlijks', low: 'hoogstens laag', high: 'tot en met hoog' },
  outside: 'buiten de Europese Economische Ruimte',
  empty: {
    title: 'Nog niemand krijgt gegevens',
    text: 'Gebruik je een nieuwsbriefdienst, een boekhouder of een adresboek op je telefoon? Zet het hier, en Akkoord geeft alleen door wie en wat mag.',
  },
  run: {
    title: (purposes: string, title: string) => (purposes ? `${purposes} doorgeven aan ${title}` : title),
    lead: 'Er is nog niets de deur uit.',
    why: (count: number, said: string) => (count === 1 ? 'Waarom er 1 blijft' : `Waarom er ${said} blijven`),
    look: 'Bekijken',
    hide: 'Dichtvouwen',
    more: (said: string) => `En nog ${said}.`,
    nobodyThere: 'Er is nog niemand om door te geven.',
    nobodyStays: 'Iedereen mag mee.',
    with: 'Wat meegaat',
    change: 'Wijzigen',
    held: 'Wat hier blijft',
    ceiling: (title: string, most: string) => `${title} mag ${most} gevoelige gegevens krijgen.`,
    remove: (count: number, said: string, title: string) =>
      count === 1 ? `Haal deze persoon weg bij ${title}` : `Haal deze ${said} weg bij ${title}`,
    removeHint: 'Vink af wat gedaan is',
    removed: (count: number, said: string) =>
      count === 1 ? 'Genoteerd dat 1 persoon daar weg is.' : `Genoteerd dat ${said} mensen daar weg zijn.`,
    format: 'Als',
    nobody: 'Er is niemand die mee mag.',
    none: 'Er is niemand die daar weg moet.',
    make: (count: number, said: string) =>
      count === 1 ? 'Bestand maken voor 1 persoon' : `Bestand maken voor ${said} mensen`,
    makeNone: 'Bestand maken',
    makeList: 'Lijst maken van wie weg moet',
    end: 'Koppeling stoppen',
    endTitle: (title: string) => `${title} stoppen?`,
    endText: (count: number, said: string) =>
      count === 0
        ? 'Er gaat dan niets meer naartoe. Wat er vroeger ging, blijft genoteerd.'
        : `Er gaat dan niets meer naartoe. Daar staan nog gegevens van ${said} ${count === 1 ? 'persoon' : 'mensen'}: vraag om die te wissen.`,
    endDo: 'Stoppen',
    ended: (title: string) => `${title} krijgt niets meer.`,
  },
  made: {
    title: 'Het bestand staat klaar',
    file: 'Bestand',
    where: 'Map',
    people: 'Mensen',
    guarded: (count: number, said: string) =>
      count === 1
        ? 'Bij 1 waarde staat een aanhalingsteken vooraan, zodat een rekenblad er geen formule van maakt.'
        : `Bij ${said} waarden staat een aanhalingsteken vooraan, zodat een rekenblad er geen formule van maakt.`,
    noRoom: (fields: string) => `Niet alles paste in dit soort bestand: ${fields}.`,
    plain: 'Dit bestand is niet versleuteld. Geef het door en gooi het daarna weg.',
    show: 'Map openen',
  },
  edit: {
    new: 'Koppeling toevoegen',
    title: (title: string) => `${title} wijzigen`,
    name: 'Naam',
    nameHint: 'Zoals je de dienst noemt, bijvoorbeeld Postduif.',
    nameMissing: 'Geef de koppeling een naam.',
    fields: 'Wat ze krijgt',
    fieldsMissing: 'Kies minstens één gegeven.',
    purposes: 'Waarvoor',
    purposesNone: 'Er zijn nog geen doelen. Maak er eerst een bij de instellingen.',
    most: 'Hoe gevoelig het hoogstens mag zijn',
    levels: {
      none: { label: 'Niets persoonlijks', hint: 'Alleen wat niet als persoonlijk is aangeduid.' },
      low: { label: 'Laag', hint: 'Naam, e-mail, telefoon en adres.' },
      high: { label: 'Hoog', hint: 'Ook wat gevoelig ligt, zoals een geboortedatum of notities.' },
    },
    eea: 'De dienst zit in de Europese Economische Ruimte',
    save: 'Bewaren',
    added: (title: string) => `${title} staat erbij.`,
    saved: (title: string) => `${title} is gewijzigd.`,
  },
  book: {
    kind: 'Hoe het gaat',
    kinds: {
      file: { label: 'Een bestand', hint: 'Je maakt het hier en geeft het zelf door.' },
      carddav: { label: 'Een adresboek op een server', hint: 'Akkoord werkt het bij als jij het zegt (CardDAV).' },
    },
    url: 'Adres van het adresboek',
    urlHint: 'Begint met https. Je vindt het bij de instellingen van de dienst.',
    urlMissing: 'Vul het adres in. Het begint met https.',
    user: 'Gebruikersnaam',
    password: 'Wachtwoord',
    passwordHint: 'Het blijft in de sleutelbos van deze computer.',
    passwordKeep: 'Laat leeg om het te houden zoals het is.',
    hint: 'Alleen kaartjes die Akkoord zelf maakte, worden gewijzigd of weggehaald.',
    run: (count: number, said: string) => (count === 1 ? 'Bijwerken met 1 persoon' : `Bijwerken met ${said} mensen`),
    runNone: 'Bijwerken',
    title: 'Het adresboek is bijgewerkt',
    titleBut: 'Niet alles is bijgewerkt',
    written: 'Geschreven',
    unchanged: 'Stond al goed',
    removed: 'Weggehaald',
    conflicts: (count: number, said: string) =>
      count === 1 ? '1 kaartje is daar veranderd en bleef zo' : `${said} kaartjes zijn daar veranderd en bleven zo`,
    conflictsText: 'Laat het zoals het daar is, of schrijf erover met wat hier staat.',
    conflictWhy: { changed_there: 'Daar gewijzigd', gone_there: 'Daar weggehaald' },
    conflictsMore: (said: string) => `En nog ${said}.`,
    overwrite: 'Overschrijven',
    overwriteOf: (name: string) => `${name} overschrijven`,
    overwriteAll: 'Allemaal overschrijven',
    failed: 'bijwerken lukte niet',
    triedAt: (day: string, time: string) => `Laatst geprobeerd: ${day} om ${time}.`,
    triesAt: (day: string, time: string) =>
      `Zolang Akkoord open staat, wordt het ${day} om ${time} nog eens geprobeerd.`,
    triesNot: 'Het wordt niet vanzelf nog eens geprobeerd.',
  },
  formats,
  why: stays,
  warnings,
};

export type Connections = typeof connections;
