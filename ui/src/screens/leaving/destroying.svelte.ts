/** Destroying many people's data: a few at a time, so that it can be stopped, and what went by then stays gone. */
import { forgetAll, forgetGone } from '../../lib/erasure.svelte';
import { Refused } from '../../lib/refused';

/** How many go in one step. */
const STEP = 20;

/** Destroys these; answers with the ids of everybody who went, merged ones included. */
export type Act<Person> = (people: readonly Person[]) => Promise<{ readonly gone: readonly string[] }>;

export class Destroying<Person extends { readonly contact: string }> {
  /** How many are gone; nothing while none is being destroyed. */
  done = $state<number>();
  stopping = $state(false);
  fault = $state.raw<Refused>();
  readonly #act: Act<Person>;

  constructor(act: Act<Person>) {
    this.#act = act;
  }

  get busy(): boolean {
    return this.done !== undefined;
  }

  stop(): void {
    this.stopping = true;
  }

  /** Destroys them; answers with those who are left, where it was stopped or refused on the way or somebody must stay. */
  async destroy(people: readonly Person[]): Promise<readonly Person[]> {
    const left: Person[] = [];
    let at = 0;
    this.fault = undefined;
    this.stopping = false;
    this.done = 0;
    while (at < people.length && !this.stopping && !this.fault) {
      left.push(...(await this.#some(people.slice(at, at + STEP))));
      at += STEP;
      this.done = Math.min(at, people.length) - left.length;
    }
    this.done = undefined;
    return [...left, ...people.slice(at)];
  }

  /** Somebody who is gone already, by this or by something else, is no fault. Answers with those who are left. */
  async #some(people: readonly Person[]): Promise<readonly Person[]> {
    try {
      const { gone } = await this.#act(people);
      forgetAll(gone);
      return people.filter((one) => !gone.includes(one.contact));
    } catch (thrown) {
      const refused = Refused.of(thrown);
      const gone = await forgetGone(people.map((one) => one.contact));
      const left = people.filter((one) => !gone.includes(one.contact));
      if (left.length === 0) return left;
      if (refused.code === 'not_found' && left.length < people.length) return this.#some(left);
      this.fault = refused;
      return left;
    }
  }
}
