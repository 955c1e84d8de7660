/** What somebody typed and nobody saved: kept in the vault while it is typed, so that locking or a crash loses nothing. */
import { call, commands } from './api';

const PAUSE_MS = 300;

export class Unsaved<T extends object> {
  /** What was left unfinished, and when. */
  found = $state.raw<{ readonly kept: T; readonly at: string }>();
  readonly #kind: string;
  #over = false;

  /** Keeps what `read` gives as it changes; nothing where nothing is filled in. To be made while a component begins. */
  constructor(kind: string, read: () => T | undefined) {
    this.#kind = kind;
    void this.#find();
    $effect(() => {
      const kept = read();
      if (!kept) return;
      const body = JSON.stringify(kept);
      const timer = setTimeout(() => {
        if (!this.#over) void call(commands.draftPut(kind, null, body)).catch(() => undefined);
      }, PAUSE_MS);
      return () => clearTimeout(timer);
    });
  }

  /** Goes on with it. */
  take(): T | undefined {
    const kept = this.found?.kept;
    this.found = undefined;
    return kept;
  }

  /** It was saved, or thrown away: nothing is written any more. */
  async done(): Promise<void> {
    this.#over = true;
    await this.forget();
  }

  async forget(): Promise<void> {
    this.found = undefined;
    await call(commands.draftDiscard(this.#kind)).catch(() => undefined);
  }

  async #find(): Promise<void> {
    const [draft] = await call(commands.draftsList(this.#kind)).catch(() => []);
    if (!draft) return;
    try {
      this.found = { kept: JSON.parse(draft.body) as T, at: draft.at };
    } catch {
      // What cannot be read stands in nobody's way.
      await this.forget();
    }
  }
}
