/** Files that go with what a dialog records: sent as they are chosen, forgotten when the dialog is given up. */
import { forget, send } from '../../lib/files';
import { Refused } from '../../lib/refused';

export interface Attached {
  readonly key: number;
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  readonly abort: AbortController;
  /** Under which it waits, once all of it was sent. */
  readonly id?: string;
}

export class Attachments {
  files = $state.raw<readonly Attached[]>([]);
  fault = $state.raw<Refused>();
  #count = 0;

  get busy(): boolean {
    return this.files.some((file) => file.id === undefined);
  }

  get ids(): string[] {
    return this.files.flatMap((file) => (file.id === undefined ? [] : [file.id]));
  }

  add(files: readonly File[]): void {
    this.fault = undefined;
    for (const file of files) void this.#send(file);
  }

  remove(key: number): void {
    const file = this.files.find((one) => one.key === key);
    file?.abort.abort();
    if (file?.id !== undefined) void forget(file.id);
    this.files = this.files.filter((one) => one.key !== key);
  }

  /** Recorded, they belong to the office; given up, nobody needs them. */
  leave(recorded: boolean): void {
    if (!recorded) for (const file of this.files) this.remove(file.key);
  }

  async #send(file: File): Promise<void> {
    const key = ++this.#count;
    const abort = new AbortController();
    this.files = [...this.files, { key, name: file.name, bytes: file.size, sent: 0, abort }];
    try {
      const id = await send(file, 'proof', (sent) => {
        abort.signal.throwIfAborted();
        this.#change(key, { sent });
      });
      if (abort.signal.aborted) void forget(id);
      else this.#change(key, { id });
    } catch (thrown) {
      if (!abort.signal.aborted) this.fault = Refused.of(thrown);
      this.files = this.files.filter((one) => one.key !== key);
    }
  }

  #change(key: number, change: Partial<Attached>): void {
    this.files = this.files.map((one) => (one.key === key ? { ...one, ...change } : one));
  }
}
