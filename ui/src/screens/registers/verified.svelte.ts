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
/** The opening in which somebody looked, or tried to. */
let tried = $state<number>();

/** What was found last, and when. */
export function verified(): Found | undefined {
  return found?.opening === openings() ? found : undefined;
}

/** How many entries were walked; nothing while nobody looks. */
export function walking(): number | undefined {
  return walked;
}

export function verifyFault(): Refused | undefined {
  return tried === openings() ? fault : undefined;
}

export function isStopping(): boolean {
  return stopping;
}

/** The first look of an opening is made unasked; where it was stopped or refused, the next one waits to be asked for. */
export function verifyUnasked(): void {
  if (tried !== openings()) void verify();
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
  tried = opening;
  // It holds as of the beginning: what is done meanwhile was not looked at.
  const at = now();
  try {
    found = { what: await call(commands.logVerify(steps)), at, opening };
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
  void commands.logVerifyStop();
}
