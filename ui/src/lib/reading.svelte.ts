/** What a screen shows: read when it opens, and again when what it shows was touched or what it asks for changed. */
import type { Area } from './bindings';
import { fresh } from './fresh';
import { Refused } from './refused';
import { today } from './today.svelte';
import { turn } from './touched.svelte';

export class Reading<T> {
  /** The last answer; it stays until the next one is there, or what it was about is gone. */
  value = $state.raw<T>();
  /** Why the last question was refused. */
  fault = $state.raw<Refused>();
  /** The last question is answered, one way or the other. */
  settled = $state(false);
  #count = 0;
  #asking: Promise<void> = Promise.resolve();
  readonly #ask: () => Promise<T>;

  /** `ask` may read state of the screen before its first await: when that changes, it is asked again. */
  constructor(areas: readonly Area[], ask: () => Promise<T>) {
    this.#ask = ask;
    $effect(() => {
      today();
      for (const area of areas) turn(area);
      void this.again();
    });
  }

  /** Asks again. An answer that a later question overtook is let go. */
  again(): Promise<void> {
    this.#asking = this.#answer();
    return this.#asking;
  }

  /** Waits until what is there answers what is asked now: whoever types fast and presses Enter means that. */
  fresh(): Promise<void> {
    return fresh(() => this.#asking);
  }

  async #answer(): Promise<void> {
    const mine = ++this.#count;
    try {
      const value = await this.#ask();
      if (mine !== this.#count) return;
      this.value = value;
      this.fault = undefined;
    } catch (thrown) {
      if (mine !== this.#count) return;
      this.fault = Refused.of(thrown);
      // Of what is gone nothing stays to be seen.
      if (this.fault.code === 'not_found') this.value = undefined;
    }
    this.settled = true;
  }
}

/** Reads in a component: `const list = reading(['requests'], () => call(commands.requestsList('open')))`. */
export function reading<T>(areas: readonly Area[], ask: () => Promise<T>): Reading<T> {
  return new Reading(areas, ask);
}
