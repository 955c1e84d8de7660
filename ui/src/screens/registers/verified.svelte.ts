/** The last look through the audit log: kept as long as this vault is open here. */
import { Channel } from '@tauri-apps/api/core';
import { call, commands, type Step, type Verified } from '../../lib/api';
import { now } from '../../lib/clock';
import { Refused } from '../../lib/refused';
import { openings } from '../../lib/vault.svelte';

interface Found {
  readonly at: string;
  readonly what: Verified;
  /** Which opening of which vault it is about. */
  readonly opening: number;
}

let found = $state.raw<Found>();
let walked = $state<number>();
let fault = $state.raw<Refused>();
let stopping = $state(false);

/** What was found last, and when. */
export function verified(): Found | undefined {
  return found?.opening === openings() ? found : undefined;
}

/** How many entries were walked; nothing while nobody looks. */
export function walking(): number | undefined {
  return walked;
}

export function verifyFault(): Refused | undefined {
  return fault;
}

export function isStopping(): boolean {
  return stopping;
}

/** Walks the whole log. */
export async function verify(): Promise<void> {
  if (walked !== undefined) return;
  const opening = openings();
  const steps = new Channel<Step>();
  steps.onmessage = (step) => {
    if (walked !== undefined) walked = step.rows;
  };
  walked = 0;
  fault = undefined;
  try {
    found = { what: await call(commands.logVerify(steps)), at: now(), opening };
  } catch (thrown) {
    const refused = Refused.of(thrown);
    // Whoever stopped it, or locked, knows.
    fault = refused.code === 'cancelled' || opening !== openings() ? undefined : refused;
  }
  walked = undefined;
  stopping = false;
}

export function stop(): void {
  stopping = true;
  void commands.importStop();
}
