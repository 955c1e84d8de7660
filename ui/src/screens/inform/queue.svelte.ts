/** Who must still be told, as the office gives it. */
import { call, commands, type InformWaiting, type QueuePage, type QueueQuestion } from '../../lib/api';
import type { PlaceOf } from '../../lib/router.svelte';
import { Stretches } from '../../lib/stretches.svelte';

export type InformPlace = PlaceOf<'inform'>;

/** What the office is asked for this place. */
export function questionOf(place: InformPlace): QueueQuestion {
  return { query: (place.query ?? '').trim(), narrow: place.narrow ?? null, file: place.file ?? null };
}

export class Waiting extends Stretches<QueueQuestion, InformWaiting, QueuePage> {
  /** `question` may read state of the screen. */
  constructor(question: () => QueueQuestion) {
    super(['contacts', 'imports', 'consent', 'connections'], question, (asked, offset, limit) =>
      call(commands.contactsWaiting({ ...asked, offset, limit })),
    );
  }
}
