/** How the place says what the list is narrowed to, and what the office is asked for it. */
import type { ConsentStatus, PageQuestion } from '../../lib/api';
import type { PlaceOf } from '../../lib/router.svelte';

export type ListPlace = PlaceOf<'contacts'>;

/** Answers as the list tells them apart, each with the statuses it stands for. */
export const ANSWERS = {
  given: ['given'],
  waiting: ['asked', 'awaiting_confirmation'],
  refused: ['refused', 'withdrawn'],
  expired: ['expired'],
  not_asked: ['not_asked'],
} as const satisfies Record<string, readonly ConsentStatus[]>;

export type AnswerName = keyof typeof ANSWERS;

const ALL: readonly ConsentStatus[] = Object.values(ANSWERS).flat();

/** The statuses that a place names, joined by commas. */
export function statusesOf(place: ListPlace): ConsentStatus[] {
  const named = (place.status ?? '').split(',');
  return ALL.filter((status) => named.includes(status));
}

/** The answer that these statuses stand for, if they are all of one. */
export function answerOf(statuses: readonly ConsentStatus[]): AnswerName | undefined {
  const names = Object.keys(ANSWERS) as AnswerName[];
  return names.find(
    (name) => ANSWERS[name].length === statuses.length && ANSWERS[name].every((one) => statuses.includes(one)),
  );
}

/** What the office is asked for this place. */
export function questionOf(place: ListPlace): PageQuestion {
  return {
    query: (place.query ?? '').trim(),
    sort: place.sort ?? 'next',
    filter: {
      purpose: place.purpose ?? null,
      statuses: statusesOf(place),
      label: place.label ?? null,
      import: place.origin ?? null,
      restricted: place.restricted ?? false,
      open_request: place.asked ?? false,
      persons: place.persons ?? false,
      task: place.task ?? null,
    },
  };
}

/** Whether anything but the search narrows the list. */
export function isNarrowed(place: ListPlace): boolean {
  return Boolean(
    place.status ?? place.label ?? place.origin ?? place.restricted ?? place.asked ?? place.persons ?? place.task,
  );
}
