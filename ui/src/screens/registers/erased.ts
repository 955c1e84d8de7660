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
  const found = new Map<string, { since: string; counts: Map<BlockedKind, number> }>();
  for (const { erasure, since, kind } of entries) {
    const one = found.get(erasure) ?? { since, counts: new Map<BlockedKind, number>() };
    one.counts.set(kind, (one.counts.get(kind) ?? 0) + 1);
    found.set(erasure, one);
  }
  return [...found].map(([erasure, { since, counts }]) => {
    const kinds = KINDS.map((kind) => [kind, counts.get(kind) ?? 0] as const).filter(([, count]) => count > 0);
    return { erasure, since, kinds };
  });
}
