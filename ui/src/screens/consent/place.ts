/** How the place says which list is open, and what the office is asked for it. */
import type { Counted, PurposeQuestion } from '../../lib/api';
import type { PlaceOf } from '../../lib/router.svelte';
import { ANSWERS, type AnswerName } from '../contacts/filter';

export type ConsentPlace = PlaceOf<'consent'>;

/** A part of a ring, clockwise from the top: an answer as the lists tell them apart. */
export type PartName = AnswerName;

export const PART_NAMES = Object.keys(ANSWERS) as PartName[];

/** The place without what no longer says where one is. */
export function without(place: ConsentPlace, ...keys: (keyof ConsentPlace)[]): ConsentPlace {
  return Object.fromEntries(
    Object.entries(place).filter(([key]) => !keys.includes(key as keyof ConsentPlace)),
  ) as ConsentPlace;
}

/** How many people a part counts. */
export function counted(purpose: Counted, part: PartName): number {
  return ANSWERS[part].reduce((sum, status) => sum + Number(purpose.counts[status]), 0);
}

/** The purpose and part whose list is open: those of the place, else where there is most to do. */
export function opened(
  place: ConsentPlace,
  counts: readonly Counted[],
): { purpose: Counted; part: PartName } | undefined {
  const purpose = counts.find((one) => one.key === place.purpose) ?? counts[0];
  if (!purpose) return undefined;
  const order: PartName[] = ['waiting', 'expired', 'not_asked', 'given', 'refused'];
  return { purpose, part: place.part ?? order.find((part) => counted(purpose, part) > 0) ?? 'not_asked' };
}

/** What the office is asked for a list. */
export function questionOf(place: ConsentPlace, purpose: string, part: PartName): PurposeQuestion {
  const dated = part !== 'not_asked';
  return {
    purpose,
    statuses: [...ANSWERS[part]],
    on: place.on ?? null,
    query: (place.query ?? '').trim(),
    narrow: place.narrow ?? null,
    sort: place.sort ?? (dated ? 'since' : 'name'),
    backwards: place.backwards ?? (dated && place.sort === undefined),
  };
}
