/** How hard a passphrase is to guess, roughly: enough to warn, not to promise. */

/** The fewest characters that the office takes. */
export const LEAST = 8;

export type Strength = 'none' | 'short' | 'weak' | 'fair' | 'strong';

const COMMON = [
  'wachtwoord',
  'paswoord',
  'welkom',
  'password',
  'welcome',
  'qwerty',
  'azerty',
  'geheim',
  'letmein',
  'akkoord',
];
const RUN = /(.)\1{2,}|0123|1234|2345|3456|4567|5678|6789|abcd|qwer|azer/g;

/** Bits that somebody who knows how people choose would have to try. */
function bits(typed: string): number {
  const text = typed.toLocaleLowerCase();
  const bare = COMMON.reduce((rest, word) => rest.replaceAll(word, '·'), text).replaceAll(RUN, '·');
  const words = bare.split(/[\s\-_.,]+/).filter((word) => word.length > 2 && /^\p{L}+$/u.test(word));
  const inWords = words.join('').length;
  const rest = bare.replaceAll(/\s/g, '').length - inWords;
  // A word out of some thousands that people know; a sign that is no part of one out of some dozens, or fewer when it is a digit.
  const perSign = /[^\p{L}\d\s]/u.test(bare) ? 4.5 : 3;
  return new Set(words).size * 12 + rest * perSign;
}

export function strength(typed: string): Strength {
  const length = [...typed].length;
  if (length === 0) return 'none';
  if (length < LEAST) return 'short';
  const found = bits(typed);
  return found < 28 ? 'weak' : found < 44 ? 'fair' : 'strong';
}
