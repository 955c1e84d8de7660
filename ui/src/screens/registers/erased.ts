/** Everybody who was erased, with what the blocked list still knows them by. Pure. */
import type { BlockedEntry, ErasureCertificate } from '../../lib/api';

export type BlockedKind = BlockedEntry['kind'];

export interface Erased {
  readonly erasure: string;
  readonly since: string;
  /** Something of it was on the list once, and was let in again. */
  readonly allowed: boolean;
  /** How many of each kind. */
  readonly kinds: readonly (readonly [BlockedKind, number])[];
}

const KINDS: readonly BlockedKind[] = ['email', 'phone', 'name_birthday', 'name_postcode'];

/** One for each erasure that there is a certificate of, in their order; also where nothing of it is on the list. */
export function eachErased(certificates: readonly ErasureCertificate[], entries: readonly BlockedEntry[]): Erased[] {
  return certificates.map(({ id, on, blocked }) => {
    const own = entries.filter((entry) => entry.erasure === id);
    const count = (kind: BlockedKind) => own.filter((entry) => entry.kind === kind).length;
    const kinds = KINDS.map((kind) => [kind, count(kind)] as const).filter(([, many]) => many > 0);
    return { erasure: id, since: own[0]?.since ?? on, allowed: own.length === 0 && blocked > 0, kinds };
  });
}
