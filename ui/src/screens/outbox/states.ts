/** Where mails stand. Pure. */
import type { MailState } from '../../lib/api';

const STUCK: readonly MailState[] = ['doubtful', 'refused', 'stopped'];

/** Whether a mail goes no further unless the owner decides. */
export function isStuck(state: MailState): boolean {
  return STUCK.includes(state);
}
