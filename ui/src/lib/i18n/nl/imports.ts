const people = (count: number, said: string) => (count === 1 ? '1 mens' : `${said} mensen`);
const rows = (count: number, said: string) => (count === 1 ? '1 rij' : `${said} rijen`);

/** Why a column stays out unless it is ticked. */
const whys: Readonly<Record<string, string>> = {
  birthday: 'Gevoelig. Enkel als je ze echt nodig hebt.',
  notes: 'Gevoelig. Hier staat vaak meer dan je denkt.',
  relations: 'Gaat over andere mensen.',
  photo: 'Een gezicht heb je zelden nodig.',
  events: 'Persoonlijke dagen heb je zelden nodig.',
  gender: 'Heb je zelden nodig.',
  government_id: 'Een nummer van de overheid mag je meestal niet bewaren.',
  hobby: 'Heb je zelden nodig.',
  consent: 'Telt niet als toestemming. Wordt een notitie bij de herkomst.',
  unknown: 'Akkoord kent deze kolom niet. Ze wordt dan een eigen veld.',
  unticked: 'Door jou weggelaten.',
};

/** What is wrong with a row, or with a value in it. */
const problems: Readonly<Record<string, string>> = {
  invalid_email: 'Geen e-mailadres. Weggelaten.',
  exchange_address: 'Een adres dat alleen binnen één bedrijf werkt. Weggelaten.',
  invalid_phone: 'Geen telefoonnummer. Weggelaten.',
  surplus_cells: 'Meer vakjes dan kolommen. Wat te veel was, is weggelaten.',
  no_valid_address: 'Geen enkel adres of nummer klopt. De rij kwam niet binnen.',
  no_name: 'Geen naam, organisatie of adres. De rij kwam niet binnen.',
  cell_too_large: 'Een vakje is veel te groot. De rij kwam niet binnen.',
  row_too_large: 'De rij is veel te groot. Ze kwam niet binnen.',
  empty_row: 'Lege rij. Overgeslagen.',
  unfinished_card: 'De kaart heeft geen einde. Ze kwam niet binnen.',
  group_card: 'Een lijst van andere kaarten, geen contact. Overgeslagen.',
  unreadable_part: 'Een stuk van de kaart is niet te lezen, of er zijn er te veel van. Weggelaten.',
  private_row: 'Privé volgens het programma waar ze vandaan komt. Overgeslagen.',
  restricted: 'Die persoon staat op slot. Overgeslagen.',
  blocked: 'Die persoon is gewist en staat op de blokkeerlijst. De rij kwam niet binnen.',
  known: 'Stond er al. Overgeslagen.',
};

/** The import wizard. */
export const imports = {
  title: 'Contacten invoeren',
  steps: ['Bestand', 'Nakijken', 'Dubbels', 'Klaar'],
  lead: {
    file: 'Een bestand van Google, Outlook of een ander programma. Eerst kijk je na, dan pas wordt er iets bewaard.',
    check: 'Zo komen ze in Akkoord te staan. Er is nog niets bewaard.',
    duplicates: 'Waar komen ze vandaan, en wat als er al iemand staat? Er is nog niets bewaard.',
    running: 'Alles komt binnen, of niets. Stoppen kan nog.',
    done: 'Dit is er gebeurd.',
  },
  file: {
    label: 'Kies een bestand met contacten',
    drop: 'Sleep je bestand hierheen',
    or: 'of kies het',
    kinds:
      'Een csv-bestand, een Excel-bestand (.xlsx) of een vCard (.vcf), uit Google Contacten, Outlook, een telefoon of een kassa. Hoogstens 2 GB.',
    howTitle: 'Zo krijg je zo’n bestand',
    google: 'Google Contacten',
    googleHow: 'Ga naar contacts.google.com, kies Exporteren en dan Google CSV.',
    outlook: 'Outlook',
    outlookHow:
      'Kies Bestand, Openen en exporteren, Importeren/exporteren, en dan Naar een bestand exporteren als csv.',
    other: 'Een ander programma',
    otherHow: 'Zoek naar exporteren of opslaan als csv. De eerste rij moet de namen van de kolommen bevatten.',
    again: 'Ander bestand kiezen',
    sending: 'Bestand lezen',
    kilobytes: 'kB',
  },
  facts: {
    file: 'Bestand',
    rows: 'Rijen',
    format: 'Herkend als',
    delimiter: 'Scheidingsteken',
    encoding: 'Tekens',
    formats: {
      google: 'Google Contacten',
      outlook: 'Outlook',
      csv: 'Gewoon csv-bestand',
      vcard: 'vCard',
      xlsx: 'Excel',
    } as Readonly<Record<string, string>>,
    languages: { nl: 'Nederlands', en: 'Engels', fr: 'Frans', de: 'Duits' } as Readonly<Record<string, string>>,
    inLanguage: (format: string, language: string) => `${format}, ${language}`,
    delimiters: { ',': 'komma', ';': 'puntkomma', '\t': 'tab', '|': 'rechte streep' } as Readonly<
      Record<string, string>
    >,
    automatic: 'Zelf herkennen',
  },
  preview: {
    title: (count: number) => (count === 1 ? 'De eerste rij' : `De eerste ${count} rijen`),
    label: 'Voorbeeld, schuift opzij',
    row: 'Rij',
    name: 'Naam',
    email: 'E-mail',
    phone: 'Telefoon',
    organisation: 'Organisatie',
    address: 'Adres',
    empty: 'leeg',
    unnamed: 'zonder naam',
    outcome: {
      merged: 'vult iemand aan',
      unchanged: 'staat er al',
      skipped: 'overgeslagen',
      rejected: 'komt niet binnen',
      blocked: 'geblokkeerd',
    } as Readonly<Record<string, string>>,
    looking: 'Bestand nakijken',
  },
  columns: {
    title: 'Kolommen',
    kept: 'Komt mee',
    out: 'Blijft weg',
    empty: (count: number) => (count === 1 ? 'En 1 lege kolom.' : `En ${count} lege kolommen.`),
    unnamed: 'Kolom zonder naam',
    private: 'Rijen die in Outlook privé zijn, ook invoeren',
    filled: (said: string) => `${said} ingevuld`,
  },
  foot: {
    good: (said: string) => `${said} in orde`,
    attention: (count: number, said: string) => (count === 1 ? '1 vraagt aandacht' : `${said} vragen aandacht`),
    blocked: (said: string) => `${said} geblokkeerd`,
    rejected: (count: number, said: string) => (count === 1 ? '1 kan niet binnen' : `${said} kunnen niet binnen`),
    toDuplicates: 'Verder naar dubbels',
    run: (count: number, said: string) => (count === 1 ? '1 rij invoeren' : `${said} rijen invoeren`),
    nothing: 'Er is niets om in te voeren.',
    wait: 'Het bestand wordt nog nagekeken.',
  },
  origin: {
    title: 'Hoe kwam je aan deze gegevens?',
    choices: {
      self: {
        label: 'Van de mensen zelf',
        hint: 'Ze gaven ze aan jou: klanten, gasten, leden. Je hoeft hun niets te laten weten.',
      },
      other: {
        label: 'Van iemand anders',
        hint: 'Gekocht, overgenomen of gekregen. Je moet hun binnen een maand laten weten dat je ze hebt; ze komen daarvoor op een lijst.',
      },
      unknown: {
        label: 'Dat weet ik niet meer',
        hint: 'Dan ga je voor de zekerheid uit van iemand anders: je laat het hun binnen een maand weten.',
      },
    },
    missing: 'Kies waar de gegevens vandaan komen.',
    consent: 'Invoeren is nooit toestemming: wie je mag mailen, vraag je nog.',
  },
  duplicates: {
    title: 'Wie er al staat',
    none: 'Niemand uit dit bestand staat al in Akkoord.',
    found: (count: number, said: string) =>
      count === 1 ? '1 rij gaat over iemand die er al staat.' : `${said} rijen gaan over iemand die er al staat.`,
    by: {
      email: 'hetzelfde e-mailadres',
      phone: 'hetzelfde nummer en dezelfde naam',
      name: 'dezelfde naam',
    } as Readonly<Record<string, string>>,
    inFile: (count: number, said: string) =>
      count === 1
        ? '1 rij heeft het e-mailadres of nummer van een eerdere rij in het bestand.'
        : `${said} rijen hebben het e-mailadres of nummer van een eerdere rij in het bestand.`,
    question: 'Wat doe je met hen?',
    choices: {
      merge: {
        label: 'Aanvullen',
        hint: 'Wat leeg is, wordt ingevuld. Extra adressen en nummers komen erbij. Wat er staat, blijft staan.',
      },
      skip: { label: 'Overslaan', hint: 'Die rijen blijven weg. Wie er al staat, verandert niet.' },
      create: { label: 'Toch apart toevoegen', hint: 'Er komt een tweede contact naast. Zelden wat je wilt.' },
    },
    example: (line: string) => `Rij ${line}`,
    is: (name: string, by: string) => `is ${name}: ${by}.`,
    isEarlier: (name: string, by: string) => `komt bij ${name} uit een eerdere rij: ${by}.`,
    adds: 'Krijgt erbij:',
    addsNothing: 'Alles stond er al.',
    differs: (fields: string) => `Zegt iets anders over ${fields}. Wat er staat, blijft.`,
    skips: 'Blijft weg.',
    creates: 'Wordt een tweede contact.',
  },
  running: {
    title: 'Bezig met invoeren',
    unit: 'rijen',
    leave: 'Je kunt intussen gerust verder werken.',
    cancelled: 'Gestopt. Er is niets ingevoerd.',
  },
  done: {
    title: (count: number, said: string) => `${rows(count, said)} bekeken`,
    nobody: 'Er kwam niemand nieuw bij',
    added: (count: number, said: string) => `${people(count, said)} erbij`,
    outcomes: {
      added: 'Nieuw',
      merged: 'Aangevuld',
      unchanged: 'Stond er al',
      skipped: 'Overgeslagen',
      blocked: 'Geblokkeerd',
      rejected: 'Niet binnen',
    },
    sum: (said: string) => `Samen ${said}, zoveel als er rijen zijn.`,
    problems: 'Wat aandacht vraagt',
    problemsTable: 'Rijen en wat er mis was',
    problemsCount: (shown: string, all: string) => `${shown} van ${all}`,
    noProblems: 'Alles klopte.',
    line: 'Rij',
    column: 'Kolom',
    what: 'Wat er mis was',
    save: 'Rijen die niet binnenkwamen bewaren',
    saveHint: 'Maak ze in orde in je rekenblad en voer dat bestand opnieuw in.',
    saved: (count: number, said: string, where: string) => `${rows(count, said)} bewaard: ${where}`,
    show: 'Tonen in de map',
    conflicts: (count: number, said: string) =>
      count === 1
        ? 'In 1 rij staat iets anders dan in Akkoord. Wat er stond, bleef.'
        : `In ${said} rijen staat iets anders dan in Akkoord. Wat er stond, bleef.`,
    leftOut: 'Wat weg bleef',
    leftOutCount: (count: number) => (count === 1 ? '1 kolom' : `${count} kolommen`),
    undo: 'Invoer ongedaan maken',
    contacts: 'Naar contacten',
    again: 'Nog een bestand invoeren',
  },
  undo: {
    title: 'Deze invoer ongedaan maken?',
    text: (file: string, added: string) =>
      `De mensen die ‘${file}’ bracht (${added}), gaan weer weg. Wie aangevuld werd, wordt weer zoals voordien. Wie je intussen veranderde, blijft.`,
    do: 'Invoer ongedaan maken',
    keep: 'Invoer behouden',
    done: 'De invoer is ongedaan gemaakt.',
    removed: (count: number, said: string) => `${people(count, said)} weer weg`,
    restored: (count: number, said: string) => `${people(count, said)} weer zoals voordien`,
    kept: (count: number, said: string) => (count === 1 ? '1 mens bleef' : `${said} mensen bleven`),
    whys: { changed_since: 'Sindsdien veranderd', also_in_import: 'Ook in een latere invoer' } as Readonly<
      Record<string, string>
    >,
    working: 'Bezig',
  },
  list: {
    title: 'Eerder ingevoerd',
    row: (when: string, by: string) => `${when} · door ${by}`,
    counts: (added: string, merged: string) => `${added} nieuw, ${merged} aangevuld`,
    undone: 'Ongedaan gemaakt',
    undo: 'Ongedaan maken',
    undoName: (file: string) => `Invoer van ${file} ongedaan maken`,
  },
  whys,
  problems,
  cannot: {
    again: 'Kies een ander bestand, of zet de herkenning anders.',
  },
};

export type Imports = typeof imports;
