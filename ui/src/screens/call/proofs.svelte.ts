/** The files that show a conversation, on their way into the vault. */
import { forget, send } from '../../lib/files';
import { Refused } from '../../lib/refused';

/** A file that was given. */
export class Proof {
  sent = $state(0);
  /** The id under which it waits, once it is whole. */
  id = $state<string>();
  fault = $state.raw<Refused>();
  readonly file: File;
  #gone = false;

  constructor(file: File) {
    this.file = file;
  }

  async go(): Promise<void> {
    try {
      const id = await send(this.file, 'proof', (bytes) => (this.sent = bytes));
      if (this.#gone) await forget(id);
      else this.id = id;
    } catch (thrown) {
      this.fault = Refused.of(thrown);
    }
  }

  /** Nobody needs it any more, whole or not. */
  drop(): void {
    this.#gone = true;
    if (this.id) void forget(this.id).catch(() => undefined);
  }
}

export class Proofs {
  all = $state.raw<readonly Proof[]>([]);

  /** What stands in the way of saving: one that did not come in, or is still coming. */
  get missing(): 'brokenFile' | 'files' | undefined {
    if (this.all.some((one) => one.fault)) return 'brokenFile';
    return this.all.some((one) => !one.id) ? 'files' : undefined;
  }

  get ids(): string[] {
    return this.all.flatMap((one) => one.id ?? []);
  }

  add(files: readonly File[]): void {
    const fresh = files.map((file) => new Proof(file));
    this.all = [...this.all, ...fresh];
    for (const one of fresh) void one.go();
  }

  remove(one: Proof): void {
    one.drop();
    this.all = this.all.filter((other) => other !== one);
  }

  /** Nobody needs them any more. */
  clear(): void {
    for (const one of this.all) this.remove(one);
  }
}
