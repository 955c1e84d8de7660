/** Saving a conversation: one act, said in a sentence, with a way to take all of it back. */
import { call, commands, type Called } from '../../lib/api';
import { called } from '../../lib/calls.svelte';
import { t } from '../../lib/i18n';
import { problem } from '../../lib/problems';
import { Refused } from '../../lib/refused';
import { end } from '../../lib/tasks.svelte';
import { toast } from '../../lib/toasts.svelte';
import type { Ahead } from './ahead.svelte';
import type { Conversation } from './conversation.svelte';
import type { Draft } from './draft.svelte';
import type { Proofs } from './proofs.svelte';

/** Records it and closes, or goes on to the next of the list. It throws only where nothing was recorded. */
export async function save(
  talk: Conversation,
  ahead: Ahead,
  draft: Draft,
  proofs: Proofs,
  listed: boolean,
): Promise<void> {
  const name = talk.first || t.consent.someone;
  await ahead.look();
  const said = [t.consent.saved(name, ahead.sentences(name).join(' '))];
  const noted = await call(commands.callRecord({ ...talk.call, attach: proofs.ids }));
  // From here on a second Save would record it twice: what cannot be kept besides is said, and keeps nothing open.
  proofs.clear();
  await draft.done().catch(() => said.push(t.consent.draftStays));
  if (listed) await called(true).catch(() => said.push(t.consent.calls.notKept));
  else end();
  toast(said.join(' '), () => undo(noted, name));
}

async function undo({ recorded }: Called, name: string): Promise<void> {
  try {
    const events = recorded.map((one) => one.event);
    const { removed } = await call(commands.callUndo(events, t.consent.undoNote));
    toast(removed ? t.consent.undoneNew(name) : t.consent.undone(name));
  } catch (thrown) {
    const { happened, safe, action } = problem(Refused.of(thrown));
    toast(`${happened} ${safe} ${action}`);
  }
}
