/** Destroying many people's data: a few at a time, so that it can be stopped, and what went by then stays gone. */
import { call, commands } from '../../lib/api';
import { forgetAll } from '../../lib/erasure.svelte';
import { Refused } from '../../lib/refused';

/** How many go in one step. */
const STEP = 20;

export class Destroying {
  /** How many are gone; nothing while none is being destroyed. */
  done = $state<number>();
  stopping = $state(false);
  fault = $state.raw<Refused>();

  get busy(): boolean {
    return this.done !== undefined;
  }

  stop(): void {
    this.stopping = true;
  }

  /** Destroys them; answers how many went, also where it was stopped or refused on the way. */
  async destroy(contacts: readonly string[]): Promise<number> {
    this.fault = undefined;
    this.done = 0;
    let gone = 0;
    try {
      while (gone < contacts.length && !this.stopping) {
        const next = contacts.slice(gone, gone + STEP);
        const { certificates } = await call(commands.retentionDestroy([...next]));
        gone += Math.max(certificates.length, next.length);
        forgetAll(next);
        this.done = gone;
      }
    } catch (thrown) {
      this.fault = Refused.of(thrown);
    }
    this.done = undefined;
    return gone;
  }
}
