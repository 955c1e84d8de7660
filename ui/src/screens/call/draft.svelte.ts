/** What is not saved yet stays in the vault, so that locking or a crash loses nothing. */
import { call, commands } from '../../lib/api';
import { readKept, type Conversation, type Kept } from './conversation.svelte';

const KIND = 'phone_consent';
const PAUSE_MS = 400;

export interface Unfinished {
  readonly kept: Kept;
  readonly at: string;
}

export class Draft {
  /** A conversation that was not finished. */
  found = $state.raw<Unfinished>();
  readonly #talk: Conversation;
  #over = false;

  constructor(talk: Conversation) {
    this.#talk = talk;
    $effect(() => {
      const kept = talk.keep();
      if (!talk.chosen) return;
      const timer = setTimeout(() => {
        if (!this.#over) void this.#write(kept).catch(() => undefined);
      }, PAUSE_MS);
      return () => clearTimeout(timer);
    });
  }

  /** Looks whether there is one. A draft that cannot be read stands in nobody's way. */
  async find(): Promise<void> {
    const found = await call(commands.draftGet(KIND)).catch(() => null);
    const kept = found ? readKept(found.body) : undefined;
    this.found = found && kept ? { kept, at: found.at } : undefined;
  }

  /** Goes on with it. */
  take(): Kept | undefined {
    const kept = this.found?.kept;
    this.found = undefined;
    return kept;
  }

  /** Keeps it as it stands, for later. */
  async keep(): Promise<void> {
    this.#over = true;
    await this.#write(this.#talk.keep());
  }

  async discard(): Promise<void> {
    this.found = undefined;
    await call(commands.draftDiscard(KIND));
  }

  /** It was saved: nothing is written any more. */
  async done(): Promise<void> {
    this.#over = true;
    await this.discard();
  }

  async #write(kept: Kept): Promise<void> {
    await call(commands.draftPut(KIND, kept.contact, JSON.stringify(kept)));
  }
}
