/** Erasing somebody: from wherever one is, and without a trace of them left in the page afterwards. */
import { call, commands, type Area } from './api';
import { readCalls } from './calls.svelte';
import { Refused } from './refused';
import { forget, visited } from './router.svelte';
import { begin } from './tasks.svelte';
import { dismiss } from './toasts.svelte';
import { announce } from './touched.svelte';

/** What shows people, or what became of them. */
const TOUCHED: readonly Area[] = ['contacts', 'consent', 'requests', 'imports', 'connections', 'registers'];

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

/**
 * Work that was refused on the way does not say who went by then: whoever of these, or of those whose page was looked at, is
 * found no more is forgotten, and what shows them reads again. Answers who they are.
 */
export async function forgetGone(contacts: readonly string[]): Promise<readonly string[]> {
  const gone: string[] = [];
  const asked = [...contacts, ...visited()];
  for (const contact of asked.filter((one, at) => asked.indexOf(one) === at)) {
    if (await isGone(contact)) gone.push(contact);
  }
  if (gone.length > 0) {
    announce(TOUCHED);
    forgetAll(gone);
  }
  return gone;
}

function isGone(contact: string): Promise<boolean> {
  return call(commands.contactShow(contact)).then(
    () => false,
    (thrown: unknown) => Refused.of(thrown).code === 'not_found',
  );
}
