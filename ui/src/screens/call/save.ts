/** Saving a conversation: one act, said in a sentence, with a way to take all of it back. */
import { call, commands, type Called } from '../../lib/api';
import { t } from '../../lib/i18n';
import { problem } from '../../lib/problems';
import { Refused } from '../../lib/refused';
import { toast } from '../../lib/toasts.svelte';
import type { Ahead } from './ahead.svelte';
import type { Conversation } from './conversation.svelte';
import type { Draft } from './draft.svelte';
import type { Proofs } from './proofs.svelte';

export async function save(talk: Conversation, ahead: Ahead, draft: Draft, proofs: Proofs): Promise<void> {
  const name = talk.first || t.consent.someone;
  await ahead.look();
  const follows = ahead.sentences(name).join(' ');
  const called = await call(commands.callRecord({ ...talk.call, attach: proofs.ids }));
  proofs.clear();
  await draft.done().catch(() => undefined);
  toast(t.consent.saved(name, follows), () => undo(called, name));
}

async function undo({ added, recorded }: Called, name: string): Promise<void> {
  try {
    const events = recorded.map((one) => one.event);
    await call(commands.callUndo(events, t.consent.undoNote));
    toast(added ? t.consent.undoneNew(name) : t.consent.undone(name));
  } catch (thrown) {
    const { happened, safe, action } = problem(Refused.of(thrown));
    toast(`${happened} ${safe} ${action}`);
  }
}
