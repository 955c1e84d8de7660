/** How many pairs of contacts may be the same. Among very many that takes a while, so it is kept. */
import { call, commands } from '../../lib/api';
import { turn } from '../../lib/touched.svelte';
import { openings } from '../../lib/vault.svelte';

let counted: { readonly of: string; readonly total: Promise<number> } | undefined;

/** Counts anew where contacts were touched since, or the vault was opened anew; otherwise says what was counted. */
export function pairs(): Promise<number> {
  const of = [openings(), turn('contacts'), turn('imports')].join();
  if (counted?.of === of) return counted.total;
  const total = call(commands.contactsDuplicates(1)).then((found) => found.total);
  const mine = { of, total };
  counted = mine;
  total.catch(() => {
    if (counted === mine) counted = undefined;
  });
  return total;
}
