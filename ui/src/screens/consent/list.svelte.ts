/** The list of people of one purpose as the office gives it. */
import { call, commands, type PurposePage, type PurposeQuestion, type Stander } from '../../lib/api';
import { Stretches } from '../../lib/stretches.svelte';

export class People extends Stretches<PurposeQuestion, Stander, PurposePage> {
  /** `question` may read state of the screen. */
  constructor(question: () => PurposeQuestion) {
    super(['contacts', 'consent'], question, (asked, offset, limit) =>
      call(commands.consentPeople({ ...asked, offset, limit })),
    );
  }
}
