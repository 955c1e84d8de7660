/** The locked vault, and the ways back in. */
export const locked = {
  since: (time: string) => `Op slot sinds ${time}. Alles is bewaard.`,
  closed: 'De kluis is op slot. Alles is bewaard.',
  keychain: 'Openen met deze computer',
  withPassphrase: 'Met wachtzin',
  withKeychain: 'Met deze computer',
  passphrase: 'Wachtzin',
  open: 'Openen',
  passphraseMissing: 'Typ je wachtzin.',
  lostPassphrase: 'Ik ben mijn wachtzin kwijt',
  cannotGetIn: 'Ik kan er niet in',
  lost: {
    text: 'Neem je noodblad. Met de code daarop open je de kluis en kies je een nieuwe wachtzin.',
    code: 'Code van het noodblad',
    codeHint: 'Acht groepen van vijf. Streepjes en hoofdletters hoeven niet.',
    left: (count: number) => `Nog ${count} ${count === 1 ? 'teken' : 'tekens'}.`,
    surplus: (count: number) => `${count} ${count === 1 ? 'teken' : 'tekens'} te veel.`,
    sign: (sign: string) => `‘${sign}’ komt in geen enkele code voor. Kijk het na.`,
    right: 'De code is goed getypt.',
    mistyped: 'Er zit een typfout in. Vergelijk groep per groep met je blad.',
    open: 'Kluis openen',
    nothing: 'Geen wachtzin en geen noodblad? Dan kan niemand de kluis openen, wij ook niet.',
    nothingKeychain:
      'Doet de sleutelbos het niet en heb je geen noodblad? Dan kan niemand de kluis openen, wij ook niet.',
  },
  restored: {
    title: 'Ik zette dit bestand er zelf',
    text: 'Bijvoorbeeld uit een reservekopie. Dan gaat Akkoord verder met wat erin staat, en noteert dat in het logboek.',
    go: 'Verdergaan met dit bestand',
  },
  folder: 'Map van de kluis',
  lookAgain: 'Opnieuw kijken',
};

export type Locked = typeof locked;
