/** Changing a contact's data, with a way back. */
import { call, commands } from '../../lib/api';
import { Refused } from '../../lib/refused';
import { toast } from '../../lib/toasts.svelte';
import { inShort } from '../../lib/problems';
import type { Undoable } from './fields';

/** Makes the change and says so; throws what the office refuses. */
export async function make(contact: string, { changes, back }: Undoable, done: string, undone: string): Promise<void> {
  if (!changes.length) return;
  await call(commands.contactSet(contact, changes));
  toast(done, () => change(contact, { changes: back, back: [] }, undone, ''));
}

/** As `make`, where there is no field to stand beside: a refusal is said as the toast. */
export async function change(contact: string, what: Undoable, done: string, undone: string): Promise<void> {
  try {
    await call(commands.contactSet(contact, what.changes));
    const { back } = what;
    toast(done, back.length ? () => change(contact, { changes: back, back: [] }, undone, '') : undefined);
  } catch (thrown) {
    toast(inShort(Refused.of(thrown)));
  }
}
