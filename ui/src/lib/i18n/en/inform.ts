import type { Inform } from '../nl/inform';

const people = (said: string, count: number) => (count === 1 ? '1 person' : `${said} people`);

/** Who must still be told that their data is held. */
export const inform: Inform = {
  title: 'Still to be told',
  lead: 'You got their data from somebody else. Tell them in time that you have it.',
  list: 'Who must still be told',
  search: (said) => `Search ${said}`,
  searchName: 'Search who must still be told',
  narrowing: 'Narrow the list',
  narrows: { overdue: 'Late', prepared: 'Message ready', unprepared: 'No message yet' },
  file: 'Where from',
  anyFile: 'From anywhere',
  found: (said, all) => `${said} of ${all} people`,
  columns: { name: 'Name', due: 'Left', why: 'Why then', from: 'Where from', notice: 'Message' },
  why: {
    one_month: (since) => `a month after ${since}`,
    first_contact: 'at your first contact',
  },
  origin: { other: 'from somebody else', unknown: 'not known' },
  notice: {
    email: (on) => `mail, ${on}`,
    post: (on) => `letter, ${on}`,
    none: 'not yet',
  },
  prepare: 'Prepare messages',
  picked: {
    prepare: (said) => `Prepare a message for ${said}`,
    locked: (said, count) => (count === 1 ? '1 is on lock.' : `${said} are on lock.`),
    told: (said, count) => `Note that ${said} ${count === 1 ? 'knows' : 'know'}`,
  },
  plan: {
    title: (said, count) => `Prepare messages for ${people(said, count)}`,
    lead: 'Each message says, in their own language, who you are, which data you hold, what for, and what they may ask.',
    from: 'Where does their data come from?',
    fromHint:
      'The message says it so, for example: the list of participants of the fair in Ghent. If it is not the same for all, prepare them one origin at a time.',
    fromMissing: 'First write where the data comes from. Whoever gets the message has the right to that answer.',
    ways: 'How do you tell them?',
    way: { email: 'By e-mail', post: 'By letter', phone: 'On the phone' },
    by: {
      email: (said) => `${said} by mail`,
      post: (said) => `${said} by letter`,
      phone: (said) => `${said} on the phone only`,
    },
    act: { email: 'Make the file for mails', post: 'Make the file for letters', phone: 'Note whom you called' },
    ready: 'File made',
    cannot: (said, why) => `${said} cannot be reached so: ${why}`,
    meet: 'Tell them when you see them, and note it then.',
    nobody: 'Nobody of them can be reached so. Choose another way.',
    foot: 'The file tells nobody yet: you do that when you send it.',
    close: 'Close',
  },
  ready: {
    title: 'The file is ready',
    file: 'File',
    where: 'Folder',
    inIt: 'In it',
    people,
    stayed: 'Stayed here',
    then: 'Merge it in your word processor or mail program, add your address and phone number, and send it. Then note that they know.',
    show: 'Open folder',
    close: 'Close',
  },
  told: {
    title: (said, count) => (count === 1 ? 'Note that somebody knows' : `Note that ${said} people know`),
    text: 'They then know that you hold their data, and where it comes from.',
    how: 'How do they know?',
    hows: {
      email: 'Told by e-mail',
      letter: 'Told by letter',
      phone: 'Told on the phone',
      in_person: 'Told in the shop',
      knew: 'They knew already',
    },
    on: 'When',
    missing: 'Fill in when you told them.',
    save: 'Note it',
    done: (said, count) => (count === 1 ? 'Noted that 1 person knows.' : `Noted that ${said} people know.`),
    undone: 'Taken back. They are again among those who must be told.',
  },
  none: {
    title: 'Everybody knows',
    text: 'When you import data that you got from somebody else, you see here who must be told, and by when.',
    today: 'To today',
  },
  nobody: {
    title: 'Nobody is here',
    text: 'Nobody who must still be told fits what you look for.',
    clear: 'Show everybody',
  },
};
