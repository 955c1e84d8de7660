/** A name for programs of what people call something: small letters, digits, and one mark between words. */
export function keyOf(title: string, mark: '_' | '-', taken: readonly string[] = []): string {
  const plain = title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[’']/g, '')
    .replaceAll(/[^a-z0-9]+/g, mark)
    .slice(0, 36)
    .replaceAll(new RegExp(`^${mark}+|${mark}+$`, 'g'), '');
  const base = plain || 'eigen';
  let key = base;
  for (let count = 2; taken.includes(key); count++) key = `${base}${mark}${count}`;
  return key;
}
