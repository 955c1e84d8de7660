import { tick } from 'svelte';

/** Waits until what was asked last is answered, whatever is asked meanwhile; `pending` gives the latest question. */
export async function fresh(pending: () => Promise<void>): Promise<void> {
  // What was typed just now is asked for only after this.
  await tick();
  for (let last; last !== pending(); await last) last = pending();
}
