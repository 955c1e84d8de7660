/** Pairs as the page tells them apart and speaks of them. Pure. */
import type { ContactPair } from '../../lib/api';
import { t } from '../../lib/i18n';

/** Names a pair, whatever its place in the list. */
export const keyOf = (pair: ContactPair): string => `${pair.one.id}/${pair.other.id}`;

/** Whom it is about. */
export function titleOf(pair: ContactPair): string {
  const [one, other] = [pair.one, pair.other].map((side) => side.name || t.common.unnamed);
  return t.duplicates.pair(one ?? '', other ?? '');
}

/** What they have in common. */
export const sameOf = (pair: ContactPair): string[] =>
  pair.same.map((what) => t.duplicates.same[what as keyof typeof t.duplicates.same]);

/** What speaks against their being one. */
export const differsOf = (pair: ContactPair): string[] =>
  pair.differs.map((what) => t.duplicates.differs[what as keyof typeof t.duplicates.differs]);
