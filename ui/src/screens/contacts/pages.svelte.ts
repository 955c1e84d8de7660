/** The list of contacts as the office gives it. */
import { call, commands, type ContactPage, type PageQuestion, type PageRow } from '../../lib/api';
import { Stretches } from '../../lib/stretches.svelte';

export class Pages extends Stretches<PageQuestion, PageRow, ContactPage> {
  /** `question` may read state of the screen. */
  constructor(question: () => PageQuestion) {
    super(['contacts', 'consent', 'requests', 'settings'], question, (asked, offset, limit) =>
      call(commands.contactsPage({ ...asked, offset, limit })),
    );
  }

  /** How many contacts there are. */
  readonly everybody = $derived(this.page?.everybody ?? 0);

  /** Keys of the purposes that the rows' statuses are about. */
  readonly purposes = $derived(this.page?.purposes ?? []);

  /** What somebody is called who is among the rows that are there. */
  name(id: string): string {
    return this.find(id)?.name ?? '';
  }
}
