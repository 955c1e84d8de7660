/** Where a search was found in a text, so that it can be underlined. */

export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** Letters that have no accents and fold one to one. */
const PLAIN = /^[ -~]*$/;

/** A text's letters without accents and capitals, each beside where it stood unless that is where it still stands. */
function folded(text: string): { letters: string; at?: number[] } {
  if (PLAIN.test(text)) return { letters: text.toLowerCase() };
  let letters = '';
  const at: number[] = [];
  let place = 0;
  for (const sign of text) {
    const bare = sign.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
    for (const letter of bare) {
      letters += letter;
      for (let unit = 0; unit < letter.length; unit++) at.push(place);
    }
    place += sign.length;
  }
  at.push(place);
  return { letters, at };
}

/** The text in pieces: those where a word of the search was found, and the rest. */
export function marked(text: string, query: string): Piece[] {
  const { letters, at } = folded(text);
  const hit = new Array<boolean>(text.length).fill(false);
  for (const word of folded(query).letters.split(/\s+/).filter(Boolean)) {
    const found = letters.indexOf(word);
    if (found < 0) continue;
    const to = found + word.length;
    hit.fill(true, at ? at[found] : found, at ? at[to] : to);
  }
  const pieces: Piece[] = [];
  let from = 0;
  for (let to = 1; to <= text.length; to++) {
    if (to < text.length && hit[to] === hit[from]) continue;
    pieces.push({ text: text.slice(from, to), hit: hit[from] ?? false });
    from = to;
  }
  return pieces;
}
