/** The blocked list by the erasures that its entries came with. Pure. */
import type { BlockedEntry } from '../../lib/api';

export type BlockedKind = BlockedEntry['kind'];

export interface Erased {
  readonly erasure: string;
  readonly since: string;
  /** How many of each kind. */
  readonly kinds: readonly (readonly [BlockedKind, number])[];
}

const KINDS: readonly BlockedKind[] = ['email', 'phone', 'name_birthday', 'name_postcode'];

/** One for each erasure, in the order in which entries come. */
export function eachErased(entries: readonly BlockedEntry[]): Erased[] {
  return [...new Set(entries.map((one) => one.erasure))].map((erasure) => {
    const all = entries.filter((one) => one.erasure === erasure);
    const kinds = KINDS.flatMap((kind) => {
      const count = all.filter((one) => one.kind === kind).length;
      return count > 0 ? [[kind, count] as const] : [];
    });
    return { erasure, since: all[0]?.since ?? '', kinds };
  });
}
