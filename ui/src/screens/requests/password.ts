/** A password to be read out on the phone: no letters that look or sound like others, in groups of four. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const GROUPS = 4;
const EACH = 4;

export function newPassword(): string {
  const drawn = crypto.getRandomValues(new Uint8Array(GROUPS * EACH));
  // 32 signs: each byte gives one with the same chance.
  const signs = [...drawn].map((byte) => SIGNS.charAt(byte % SIGNS.length)).join('');
  return (signs.match(/.{4}/g) ?? []).join('-');
}
