/** Words that stand on many screens. */
export const common = {
  /** Closing what is half filled in. */
  leaving: { text: 'Wat je al invulde, gaat weg.', discard: 'Weggooien', goOn: 'Verder invullen' },
  /** What was typed and not saved. */
  unsaved: { text: (when: string) => `Je was hier al mee bezig, ${when}.`, on: 'Verdergaan', discard: 'Weggooien' },
  close: 'Sluiten',
  cancel: 'Annuleren',
  back: 'Vorige',
  undo: 'Ongedaan maken',
  stop: 'Stoppen',
  retry: 'Opnieuw proberen',
  details: 'Details',
  steps: 'Stappen',
  done: 'klaar:',
  loading: 'Even geduld',
  ofTotal: (done: string, total: string) => `${done} van ${total}`,
  open: 'open',
  yes: 'Ja',
  no: 'Nee',
  unnamed: 'Zonder naam',
  /** What a consent stands at. */
  status: {
    given: 'Ja',
    refused: 'Nee',
    withdrawn: 'Ingetrokken',
    asked: 'Gevraagd',
    awaiting_confirmation: 'Bevestigt nog',
    expired: 'Verlopen',
    not_asked: 'Niet gevraagd',
  },
  channel: {
    email: 'E-mail',
    phone: 'Telefoon',
    sms: 'Sms',
    post: 'Post',
    messaging: 'Berichten',
    in_person: 'In de winkel',
  },
  /** After how many people. */
  spoken: { nl: 'in het Nederlands', en: 'in het Engels', fr: 'in het Frans', de: 'in het Duits' },
  language: { nl: 'Nederlands', en: 'Engels', fr: 'Frans', de: 'Duits' },
  date: {
    hint: 'Bijvoorbeeld 24/2, 24 februari of gisteren.',
    wrong: 'Dat is geen datum. Schrijf bijvoorbeeld 24/2/2026.',
  },
};

export type Common = typeof common;
