import type { About } from '../nl/about';

export const about: About = {
  language: 'en',
  promise: 'Know what your customers said yes to, and prove it',
  lead: 'Akkoord tells for each customer what is allowed: mailing, calling, passing on, or none of these.',
  facts: [
    {
      icon: 'computer',
      title: 'Everything stays on this computer',
      text: 'In one encrypted file. You need no account.',
    },
    {
      icon: 'offline',
      title: 'Nothing leaves by itself',
      text: 'Akkoord works without internet and reports nothing.',
    },
    { icon: 'leave', title: 'You can always leave', text: 'What a customer gave you goes along as plain files.' },
  ],
  today: {
    title: 'This version works in the terminal',
    text: 'Importing contacts, logging a yes given on the phone with its proof, asking whether you may reach somebody, answering a request in time: for now you do that with akkoord-cli. This window only says what Akkoord is; in a later version you work here.',
    help: 'Start with',
  },
  version: 'Version',
  licence: 'Free software under the GPL, version 3 or later',
};
