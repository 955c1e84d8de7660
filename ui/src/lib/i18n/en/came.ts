import type { Came } from '../nl/came';

export const came: Came = {
  kicker: 'Note consent',
  fold: 'Was it not on the phone?',
  how: 'How the answer came',
  waits: 'A yes on your website or by e-mail counts once it is confirmed.',
  more: 'Page, IP address or place',
  url: 'Address of the page',
  urlHint: 'For example www.example.com/news.',
  ip: 'IP address',
  ipHint: 'It often stands with what the form sent you.',
  place: 'Place',
  placeHint: 'For example the fair in Ghent.',
  origin: (where) => `Source: ${where}`,
};
