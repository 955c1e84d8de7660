import type { Locked } from '../nl/locked';

export const locked: Locked = {
  since: (time) => `Locked since ${time}. Everything is saved.`,
  closed: 'The vault is locked. Everything is saved.',
  keychain: 'Open with this computer',
  withPassphrase: 'With passphrase',
  withKeychain: 'With this computer',
  passphrase: 'Passphrase',
  open: 'Open',
  passphraseMissing: 'Type your passphrase.',
  lostPassphrase: 'I lost my passphrase',
  cannotGetIn: 'I cannot get in',
  lost: {
    text: 'Take your Emergency Kit. The code on it opens the vault, and you choose a new passphrase.',
    code: 'Code of the Emergency Kit',
    codeHint: 'Eight groups of five. Hyphens and capitals are not needed.',
    left: (count) => `${count} more ${count === 1 ? 'character' : 'characters'}.`,
    surplus: (count) => `${count} ${count === 1 ? 'character' : 'characters'} too many.`,
    sign: (sign) => `‘${sign}’ is in no code. Check it.`,
    right: 'The code is typed well.',
    mistyped: 'There is a typing error in it. Compare it with your sheet, group by group.',
    open: 'Open the vault',
    nothing: 'No passphrase and no Emergency Kit? Then nobody can open the vault, and neither can we.',
    nothingKeychain:
      'The keychain does not work and you have no Emergency Kit? Then nobody can open the vault, and neither can we.',
  },
  restored: {
    title: 'I put this file there myself',
    text: 'From a backup, for example. Then Akkoord goes on with what is in it, and notes that in the log.',
    go: 'Go on with this file',
  },
  folder: "The vault's folder",
  lookAgain: 'Look again',
};
