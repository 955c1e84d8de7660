import type { Duplicates } from '../nl/duplicates';

/** Contacts that may be the same, two at a time. */
export const duplicates: Duplicates = {
  title: 'Perhaps the same',
  lead: 'Look at two at a time and say whether they are one person. Nothing is lost, and all of it can be undone.',
  link: (said, count) => (count === 1 ? '1 person may be in here twice' : `${said} people may be in here twice`),
  list: 'Who may be the same',
  count: (said, count) => (count === 1 ? '1 pair' : `${said} pairs`),
  more: (shown, total) => `These are the ${shown} likeliest of ${total}. Decide one, and the next joins them.`,
  pair: (one, other) => (one === other ? `${one} twice` : `${one} and ${other}`),
  same: {
    email: 'same e-mail address',
    phone: 'same number',
    name: 'same name',
    near_name: 'nearly the same name',
    birthday: 'same birthday',
    postal_code: 'same postcode',
    organisation: 'same organisation',
  },
  differs: {
    given: 'different first name',
    family: 'different last name',
    birthday: 'different birthday',
  },
  for: 'What speaks for it',
  against: 'What speaks against it',
  came: 'Where from',
  locked: (name) => `${name} is on lock. If you merge them, the lock holds for both.`,
  merge: 'Merge',
  distinct: 'They are two',
  later: 'Later',
  open: 'Open page',
  kept: (one, other) => (one === other ? `${one} twice: they are two.` : `${one} and ${other} are two.`),
  keptUndone: 'They are listed again.',
  none: {
    title: 'Nobody seems to be in here twice',
    text: 'When contacts come in that may be the same, you find them here.',
    contacts: 'Go to contacts',
  },
};
