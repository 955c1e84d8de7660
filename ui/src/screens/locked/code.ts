/** A recovery code while it is typed: forty signs of Crockford's base 32, written in eight groups of five. */

export const LENGTH = 40;
const GROUP = 5;
const DIGITS = /[0-9A-HJKMNP-TV-Z]/;

/** What was typed so far, as signs: capitals, without separators, O as 0, I and L as 1. */
export function signs(typed: string): string {
  return typed
    .toUpperCase()
    .replaceAll(/[\s\-–—.·]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}

/** The first sign that is in no code. */
export function stranger(typed: string): string | undefined {
  return [...signs(typed)].find((sign) => !DIGITS.test(sign));
}

/** Signs in groups, as on the paper. */
export function grouped(typed: string): string {
  return (
    signs(typed)
      .match(new RegExp(`.{1,${GROUP}}`, 'gsu'))
      ?.join('-') ?? ''
  );
}
