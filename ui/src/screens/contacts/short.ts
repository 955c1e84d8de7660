/** A purpose's name above a narrow column. */
import type { PurposeShown } from '../../lib/api';

const LONGEST = 11;

/** The name the owner set for it, else the title's first word, cut where it would not fit. */
export function shortName(purpose: PurposeShown): string {
  if (purpose.short) return purpose.short;
  const word = purpose.title.split(/\s+/)[0] ?? purpose.title;
  return word.length > LONGEST ? `${word.slice(0, LONGEST - 1)}…` : word;
}
