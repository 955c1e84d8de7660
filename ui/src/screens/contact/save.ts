/** Changing a contact's data, with a way back. */
import { call, commands, type Change } from '../../lib/api';
import { Refused } from '../../lib/refused';
import { toast } from '../../lib/toasts.svelte';
import { inShort } from '../../lib/problems';

/** Makes the changes and says so; throws what the office refuses. */
export async function make(contact: string, changes: Change[], done: string, undone: string): Promise<void> {
  if (!changes.length) return;
  const change = await call(commands.contactSet(contact, changes));
  toast(done, () => takeBack(change, undone));
}

/** As `make`, where there is no field to stand beside: a refusal is said as the toast. */
export async function change(contact: string, changes: Change[], done: string, undone: string): Promise<void> {
  try {
    await make(contact, changes, done, undone);
  } catch (thrown) {
    toast(inShort(Refused.of(thrown)));
  }
}

async function takeBack(change: number, undone: string): Promise<void> {
  try {
    await call(commands.contactUnset(change));
    toast(undone);
  } catch (thrown) {
    toast(inShort(Refused.of(thrown)));
  }
}
