import type { About } from '../nl/about';

export const about: About = {
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
  licence: 'Free software under the GPL, version 3 or later',
};
