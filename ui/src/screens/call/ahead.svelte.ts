/** What would follow from the conversation as it stands, asked again with every answer. */
import { call, commands, type Foreseen } from '../../lib/api';
import { Refused } from '../../lib/refused';
import { follows } from './foreseen';
import type { Conversation } from './conversation.svelte';

const PAUSE_MS = 120;

export class Ahead {
  seen = $state.raw<readonly Foreseen[]>([]);
  /** Why it could not be saved like this. */
  fault = $state.raw<Refused>();
  readonly #talk: Conversation;
  #count = 0;

  constructor(talk: Conversation) {
    this.#talk = talk;
    $effect(() => {
      const ready = !talk.missing && talk.call;
      const timer = setTimeout(() => void this.look(Boolean(ready)), PAUSE_MS);
      return () => clearTimeout(timer);
    });
  }

  /** Asks now. */
  async look(ready = !this.#talk.missing): Promise<void> {
    const mine = ++this.#count;
    let seen: readonly Foreseen[] = [];
    let fault: Refused | undefined;
    try {
      if (ready) seen = await call(commands.callForesee(this.#talk.call));
    } catch (thrown) {
      fault = Refused.of(thrown);
    }
    if (mine !== this.#count) return;
    this.seen = seen;
    this.fault = fault;
  }

  /** In sentences. */
  sentences(name: string): string[] {
    const titled = this.seen.map((one) => ({
      ...one,
      title: this.#talk.asked.find((asked) => asked.key === one.purpose)?.title ?? one.purpose,
      yes: this.#talk.said[one.purpose] === 'yes',
    }));
    return follows(titled, name, this.#talk.waysChosen);
  }
}
