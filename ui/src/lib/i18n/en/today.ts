import type { Today } from '../nl/today';

const inWords = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const words = (count: number) => inWords[count] ?? String(count);
const sentence = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

export const today: Today = {
  logConsent: 'Log a consent',
  lead: {
    breaches: (count) =>
      count === 1
        ? 'One breach is still to be reported.'
        : `${sentence(words(count))} breaches are still to be reported.`,
    late: (count) => (count === 1 ? 'One answer is late.' : `${sentence(words(count))} answers are late.`),
    soon: (count, also) => {
      const who = also
        ? count === 1
          ? 'One other'
          : `${sentence(words(count))} others`
        : count === 1
          ? 'One answer'
          : `${sentence(words(count))} answers`;
      return `${who} must be out within the week.`;
    },
    later: (count, day) =>
      count === 1 ? `One request waits, ${day}.` : `${sentence(words(count))} requests wait, the first ${day}.`,
    chores: 'Nothing to answer. There are a few things for when you have a moment.',
    calm: 'All is done. There is nothing to answer.',
    first: 'Your vault is ready. This is how to begin.',
  },
  breaches: { title: 'To report' },
  due: {
    title: 'To answer',
    all: 'All requests',
    still: 'the clock stands still',
  },
  tasks: {
    title: 'When you have a moment',
    kit_unconfirmed: 'Your Emergency Kit has not been checked yet',
    kitSecond: 'Without the sheet nobody can open your vault when things go wrong',
    kitGo: 'Check the sheet',
    backup: 'There is no recent backup',
    backupNone: 'What you recorded lately is in no backup',
    backupLast: (day: string) => `The last one is of ${day}`,
    mail_stuck: (count: number, said: string) =>
      count === 1 ? '1 e-mail did not get away' : `${said} e-mails did not get away`,
    mailSince: (day: string) => `You wrote the oldest on ${day}`,
    inform: (count, said) =>
      count === 1 ? 'Let 1 person know that you have their data' : `Let ${said} people know that you have their data`,
    awaiting_confirmation: (count, said) =>
      count === 1 ? '1 person has yet to confirm a yes' : `${said} people have yet to confirm a yes`,
    awaitingSince: (day) => `The oldest since ${day}`,
    expiring_soon: (count, said) =>
      count === 1 ? '1 person has a yes that ends soon' : `${said} people have a yes that ends soon`,
    expiringFirst: (day) => `The first on ${day}`,
    wording_changed: (count, said) =>
      count === 1
        ? '1 person has a yes that no longer holds: the text changed'
        : `${said} people have a yes that no longer holds: the text changed`,
    wordingSince: (day) => `The text changed on ${day}`,
    waiting_long: (count, said) =>
      count === 1
        ? '1 person has not answered for more than 14 days'
        : `${said} people have not answered for more than 14 days`,
    silentSince: (day) => `You asked the first on ${day}`,
    see: 'Look',
    ask: 'Ask again',
  },
  rings: {
    title: 'Consent',
    yes: (yes, all, count) => `${yes} of ${all} ${count === 1 ? 'says' : 'say'} yes`,
    parts: { given: 'yes', waiting: 'waiting', no: 'no or withdrawn', expired: 'expired', not_asked: 'not asked yet' },
    none: 'No purpose yet. A purpose is what you ask consent for, such as a newsletter.',
    add: 'Add a purpose',
  },
  lately: (count, said) =>
    count === 1 ? '1 answer came in during the last week.' : `${said} answers came in during the last week.`,
  calm: {
    title: 'All is done',
    text: 'When a question or a yes comes in, log it at once. Akkoord keeps an eye on the rest.',
  },
  first: {
    import: 'Import your contacts',
    importText: 'From Google, Outlook or your till. You check first; only then is anything kept.',
    importDo: 'Import contacts',
    purpose: 'Say what you ask for',
    purposeText:
      'A newsletter, a reminder: write the sentence that you read out. With it you later prove what somebody heard.',
    purposeDo: 'Add a purpose',
    consent: 'Log the first yes',
    consentText: 'While the customer is still on the line. It takes less than half a minute.',
    consentDo: 'Log a consent',
  },
};
