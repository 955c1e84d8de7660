import type { Purposes } from '../nl/purposes';

/** What the law says about a purpose, in words that the owner understands. */
export const purposes: Purposes = {
  law: 'What the law says about it',
  soft: {
    label: 'To existing customers without a yes too',
    hint: 'Allowed if it is about similar products, whoever gave you the address could say no then, and each message has a way out. Addresses from others drop out.',
    on: 'Existing customers may be mailed about similar products, until they say no.',
    off: 'Mails, text messages and other messages go out only after a yes.',
    notHere: (country) => `In ${country} advertising by mail or message needs a yes first.`,
  },
  special: {
    label: 'Is about health, belief, origin or something as sensitive',
    hint: 'Then only an express yes counts. Say so in the question.',
    on: 'Only an express yes counts, because it is about something very personal.',
  },
  child: (country, age) => `Whoever is younger than ${age} says yes together with a parent or guardian in ${country}.`,
  phone: {
    consent: (country) => `Advertising by phone is allowed in ${country} only after a yes, for own customers too.`,
    consentOwn: (country) =>
      `Advertising by phone is allowed in ${country} only after a yes. There is an exception for own customers; Akkoord does not take it, as it cannot know who is one.`,
    consentContract: (country) =>
      `Advertising by phone is allowed in ${country} only after a yes, but about a contract that is running.`,
    register: (country, register) =>
      `Before calling somebody in ${country} with advertising who said no yes, check whether the number is in ${register}.`,
    opt_out: (country) => `Advertising by phone is allowed in ${country} until somebody objects.`,
    since: (day) => `That holds since ${day}.`,
    unverified: 'This is general knowledge: check it when it matters.',
    aRegister: 'the do-not-call register',
  },
};
