const people = (said: string, count: number) => (count === 1 ? '1 persoon' : `${said} mensen`);

/** Who must still be told that their data is held. */
export const inform = {
  title: 'Nog te vertellen',
  lead: 'Je kreeg hun gegevens van iemand anders. Vertel op tijd dat je ze hebt.',
  list: 'Wie het nog moet weten',
  search: (said: string) => `Zoeken in ${said}`,
  searchName: 'Zoeken in wie het nog moet weten',
  narrowing: 'Lijst inperken',
  narrows: { overdue: 'Te laat', prepared: 'Bericht klaar', unprepared: 'Nog geen bericht' },
  file: 'Herkomst',
  anyFile: 'Alle herkomsten',
  found: (said: string, all: string) => `${said} van ${all} mensen`,
  columns: { name: 'Naam', due: 'Tijd over', why: 'Waarom dan', from: 'Herkomst', notice: 'Bericht' },
  why: {
    one_month: (since: string) => `een maand na ${since}`,
    first_contact: 'bij je eerste contact',
  },
  origin: { other: 'van iemand anders', unknown: 'niet gekend' },
  /** How the letter or mail stands. */
  notice: {
    email: (on: string) => `mail, ${on}`,
    post: (on: string) => `brief, ${on}`,
    none: 'nog niet',
  },
  prepare: 'Berichten klaarmaken',
  picked: {
    prepare: (said: string) => `Bericht voor ${said} klaarmaken`,
    locked: (said: string, count: number) => (count === 1 ? '1 staat op slot.' : `${said} staan op slot.`),
    told: (said: string, count: number) => `Noteren dat ${said} het ${count === 1 ? 'weet' : 'weten'}`,
  },
  plan: {
    title: (said: string, count: number) => `Berichten klaarmaken voor ${people(said, count)}`,
    lead: 'Elk bericht zegt in de eigen taal wie je bent, welke gegevens je hebt, waarvoor, en wat iemand mag vragen.',
    from: 'Waar komen hun gegevens vandaan?',
    fromHint: 'Zo staat het in het bericht, bijvoorbeeld: de deelnemerslijst van de beurs in Gent.',
    fromFile: (file: string) => `Waar komen de gegevens uit ${file} vandaan?`,
    fromOf: (said: string, count: number) => (count === 1 ? 'Voor 1 persoon.' : `Voor ${said} mensen.`),
    fromMissing: 'Schrijf eerst waar de gegevens vandaan komen. Wie het bericht krijgt, heeft recht op dat antwoord.',
    ways: 'Hoe vertel je het?',
    way: { email: 'Per e-mail', post: 'Per brief', phone: 'Aan de telefoon' },
    by: {
      email: (said: string) => `${said} per mail`,
      post: (said: string) => `${said} per brief`,
      phone: (said: string) => `${said} alleen aan de telefoon`,
    },
    act: { email: 'Bestand voor mails maken', post: 'Bestand voor brieven maken', phone: 'Noteren wie je belde' },
    ready: 'Bestand gemaakt',
    cannot: (said: string, why: string) => `${said} bereik je zo niet: ${why}`,
    meet: 'Vertel het als je hen ziet, en noteer het dan.',
    nobody: 'Niemand van hen bereik je zo. Kies een andere weg.',
    foot: 'Het bestand vertelt nog niets: dat doe je als je het verstuurt.',
    close: 'Sluiten',
  },
  then: 'Voeg het samen in je tekstverwerker of mailprogramma, zet je adres en telefoonnummer erbij, en verstuur het. Noteer daarna dat ze het weten.',
  told: {
    title: (said: string, count: number) =>
      count === 1 ? 'Noteren dat iemand het weet' : `Noteren dat ${said} mensen het weten`,
    text: 'Ze weten dan dat je hun gegevens hebt en waar die vandaan komen.',
    how: 'Hoe weten ze het?',
    hows: {
      email: 'Per e-mail verteld',
      letter: 'Per brief verteld',
      phone: 'Aan de telefoon verteld',
      in_person: 'In de winkel verteld',
      knew: 'Ze wisten het al',
    },
    on: 'Wanneer',
    missing: 'Vul in wanneer je het liet weten.',
    save: 'Noteren',
    done: (said: string, count: number) =>
      count === 1 ? 'Genoteerd dat 1 persoon het weet.' : `Genoteerd dat ${said} mensen het weten.`,
    undone: 'Teruggedraaid. Ze staan weer bij wie het nog moet weten.',
  },
  none: {
    title: 'Iedereen weet het',
    text: 'Voer je gegevens in die je van iemand anders kreeg, dan zie je hier wie het nog moet weten, en tegen wanneer.',
    today: 'Naar vandaag',
  },
  nobody: {
    title: 'Hier staat niemand',
    text: 'Niemand van wie het nog moet weten, hoort bij wat je zoekt.',
    clear: 'Iedereen tonen',
  },
};

export type Inform = typeof inform;
