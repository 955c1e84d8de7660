/** Erasing somebody: from wherever one is, and without a trace of them left in the page afterwards. */
import { readCalls } from './calls.svelte';
import { forget } from './router.svelte';
import { begin } from './tasks.svelte';
import { dismiss } from './toasts.svelte';

/** Asks whether somebody's data is to be destroyed; `request` is the one that asks for it. */
export function openErasure(contact: string, request?: string): void {
  begin({ task: 'erasure', contact, ...(request && { request }) });
}

/** Whoever these were is gone: so is every place that showed them, what was searched for, and what was just said of them. */
export function forgetAll(contacts: readonly string[]): void {
  forget(contacts);
  dismiss();
  void readCalls();
}
