/** What is not saved yet stays in the vault, so that locking or a crash loses nothing. Each conversation has its own. */
import { call, commands } from '../../lib/api';
import { readKept, type Conversation, type Kept } from './conversation.svelte';

const KIND = 'phone_consent';
const PAUSE_MS = 400;

export interface Unfinished {
  readonly kind: string;
  readonly kept: Kept;
  readonly at: string;
}

export class Draft {
  /** A conversation that was not finished. */
  found = $state.raw<Unfinished>();
  readonly #talk: Conversation;
  readonly #kind = `${KIND}/${crypto.randomUUID()}`;
  /** The one of them that this conversation goes on with. */
  #taken: string | undefined;
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

  /** Looks whether there is one, with this contact sooner than with others. What cannot be read stands in nobody's way. */
  async find(contact: string | undefined): Promise<void> {
    const drafts = await call(commands.draftsList(KIND)).catch(() => []);
    const found = drafts.flatMap(({ kind, body, at }) => {
      const kept = readKept(body);
      return kept ? [{ kind, kept, at }] : [];
    });
    this.found = found.find((one) => contact !== undefined && one.kept.contact === contact) ?? found[0];
  }

  /** Goes on with the one that was found. */
  take(): void {
    this.#taken = this.found?.kind;
    this.found = undefined;
  }

  /** Throws the one that was found away. */
  async forget(): Promise<void> {
    const kind = this.found?.kind;
    this.found = undefined;
    if (kind) await call(commands.draftDiscard(kind));
  }

  /** Keeps it as it stands, for later. */
  async keep(): Promise<void> {
    this.#over = true;
    await this.#write(this.#talk.keep());
  }

  /** Throws this conversation away. */
  async discard(): Promise<void> {
    await call(commands.draftDiscard(this.#taken ?? this.#kind));
  }

  /** It was saved: nothing is written any more. */
  async done(): Promise<void> {
    this.#over = true;
    await this.discard();
  }

  async #write(kept: Kept): Promise<void> {
    await call(commands.draftPut(this.#taken ?? this.#kind, kept.contact, JSON.stringify(kept)));
  }
}
