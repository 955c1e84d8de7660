import type { Choices } from '../nl/choices';

export const choices: Choices = {
  title: (field) => `Choices of ${field}`,
  label: 'What there is to choose from',
  hint: 'One choice per line, in the order in which you want to see them.',
  missing: 'Put at least one choice here.',
  edit: 'Change',
  editOf: (field) => `Change the choices of ${field}`,
  none: 'No choices yet',
  save: 'Save choices',
  saved: (field) => `The choices of ${field} were changed.`,
  usedTitle: 'These stay, for there are contacts who have them:',
  used: (choice, count, said) => `${choice}, with ${count === 1 ? '1 contact' : `${said} contacts`}`,
  rename: 'Rename',
  renameOf: (choice) => `Rename ${choice}`,
  renameTo: (choice) => `New text for ${choice}`,
  renamed: (from, to) => `${from} is ${to} now, also for those who had it.`,
  empty: 'Nothing chosen',
  wrong: 'That is no choice of this field any more. Choose again.',
};
