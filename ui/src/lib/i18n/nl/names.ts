import type { How, Reason, RequestKind } from '../../bindings';

/** Why something is allowed or not, in two or three words. */
const reasons: Record<Reason, string> = {
  allowed_consent: 'zei ja',
  allowed_basis: 'mag zonder vragen',
  not_asked: 'niet gevraagd',
  awaiting_confirmation: 'bevestigt nog',
  refused: 'zei nee',
  withdrawn: 'ingetrokken',
  expired: 'verlopen',
  wording_changed: 'tekst veranderd',
  objected: 'bezwaar',
  restricted: 'op slot',
  erased: 'gewist',
  wrong_channel: 'niet langs deze weg',
  no_address: 'geen adres',
  guardian_needed: 'ouder moet ja zeggen',
  basis_missing: 'niet voor deze persoon',
  no_sharing_permission: 'niet delen',
  field_withheld: 'te gevoelig',
  unknown_purpose: 'onbekend doel',
  unknown_contact: 'onbekend',
};

/** The way in which something came in. */
const how: Record<How, string> = {
  phone: 'aan de telefoon',
  email: 'per e-mail',
  letter: 'per brief',
  in_person: 'in de winkel',
  web_form: 'op je website',
  kiosk: 'aan de toonbank',
  portal: 'op de eigen pagina',
};

/** What somebody asks, as a thing to do. */
const requests: Record<RequestKind, string> = {
  access: 'Gegevens inkijken',
  rectification: 'Gegevens verbeteren',
  erasure: 'Gegevens wissen',
  restriction: 'Gegevens op slot',
  portability: 'Gegevens meenemen',
  objection: 'Bezwaar',
  withdrawal: 'Toestemming intrekken',
  automated_decision: 'Uitleg over een automatische beslissing',
};

/** What people call what the office keeps by its code. */
export const names = {
  reasons,
  how,
  requests,
  fields: {
    prefix: 'Aanspreking',
    given: 'Voornaam',
    middle: 'Tussenvoegsel',
    family: 'Achternaam',
    suffix: 'Achtervoegsel',
    nickname: 'Roepnaam',
    organisation: 'Organisatie',
    job_title: 'Functie',
    email: 'E-mail',
    phone: 'Telefoon',
    address: 'Adres',
    website: 'Website',
    birthday: 'Geboren',
    language: 'Taal',
    notes: 'Notities',
    labels: 'Labels',
    name: 'Naam',
    title: 'Titel',
    short: 'Naam boven de kolom',
    key: 'Korte naam',
    reason: 'Reden',
    note: 'Notitie',
    country: 'Land',
  },
  /** What address books write beside an address. */
  labels: {
    home: 'thuis',
    work: 'werk',
    mobile: 'mobiel',
    other: 'ander',
    main: 'hoofdnummer',
    personal: 'privé',
    school: 'school',
    'home fax': 'fax thuis',
    'work fax': 'fax werk',
    fax: 'fax',
    pager: 'semafoon',
    company: 'bedrijf',
    car: 'auto',
    assistant: 'assistent',
  } as Readonly<Record<string, string>>,
  countries: {
    BE: 'België',
    NL: 'Nederland',
    FR: 'Frankrijk',
    DE: 'Duitsland',
    LU: 'Luxemburg',
    AT: 'Oostenrijk',
    IE: 'Ierland',
    ES: 'Spanje',
    IT: 'Italië',
  },
};

export type Names = typeof names;
