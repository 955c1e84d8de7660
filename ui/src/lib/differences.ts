/** What changed between two texts, word by word: the longest common run of words stays, the rest came or went. */

export interface Piece {
  readonly text: string;
  readonly how: 'same' | 'came' | 'went';
}

/** Words, marks and the white between them, each on its own. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}’'-]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
}

/** For each pair of places the length of the longest common run from there on. */
function table(before: readonly string[], after: readonly string[]): number[][] {
  const rows = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) {
      const same = before[i] === after[j];
      const row = rows[i];
      if (row) row[j] = same ? 1 + (rows[i + 1]?.[j + 1] ?? 0) : Math.max(rows[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  return rows;
}

/** The texts in pieces, what went before what came in its place. */
export function differences(before: string, after: string): Piece[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const run = table(old, fresh);
  const pieces: Piece[] = [];
  const add = (text: string | undefined, how: Piece['how']) => {
    const last = pieces.at(-1);
    if (last?.how === how) pieces[pieces.length - 1] = { text: last.text + (text ?? ''), how };
    else pieces.push({ text: text ?? '', how });
  };
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) add(old[i++] && fresh[j++], 'same');
    else if (i < old.length && (j >= fresh.length || (run[i + 1]?.[j] ?? 0) >= (run[i]?.[j + 1] ?? 0)))
      add(old[i++], 'went');
    else add(fresh[j++], 'came');
  }
  return pieces;
}
