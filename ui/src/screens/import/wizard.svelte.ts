/** The way of a file into the vault: sent, looked at, imported. What the steps of the wizard show and change. */
import { Channel } from '@tauri-apps/api/core';
import {
  call,
  commands,
  type ImportIn,
  type ImportReport,
  type OnDuplicate,
  type Origin,
  type Preview,
  type Step,
} from '../../lib/api';
import { forget, send } from '../../lib/files';
import { Refused } from '../../lib/refused';

export type At = 'file' | 'check' | 'duplicates' | 'done';
type Work = 'sending' | 'looking' | 'running';

export class Wizard {
  at = $state<At>('file');
  /** What goes on, and how far it is. */
  work = $state<Work>();
  sent = $state(0);
  steps = $state.raw<Step>({ read: 0, rows: 0 });
  stopping = $state(false);
  fault = $state.raw<Refused>();

  name = $state('');
  bytes = $state(0);
  preview = $state.raw<Preview>();
  report = $state.raw<ImportReport>();

  /** What the person said otherwise than detected; empty is as detected. */
  format = $state('');
  encoding = $state('');
  delimiter = $state('');
  sheet = $state('');
  /** The kept mapping by its id; empty is the one that fits, `none` is none. */
  mapping = $state('');
  /** What the person says that columns are, by their names. */
  said = $state.raw<Readonly<Record<string, string>>>({});
  /** The columns are shown one by one, to say what each is. */
  meaning = $state(false);
  with = $state.raw<readonly string[]>([]);
  without = $state.raw<readonly string[]>([]);
  private = $state(false);
  origin = $state<Origin>();
  onDuplicate = $state<OnDuplicate>('merge');

  #file: string | undefined;
  #turn = 0;
  #abort: AbortController | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;

  /** The file as it was sent, while it is there. */
  get file(): string | undefined {
    return this.#file;
  }

  /** Takes a file and looks at it. */
  async take(file: File): Promise<void> {
    this.forget();
    const turn = ++this.#turn;
    Object.assign(this, { name: file.name, bytes: file.size, sent: 0, work: 'sending', fault: undefined });
    const abort = (this.#abort = new AbortController());
    try {
      const id = await send(file, 'import', (bytes) => {
        abort.signal.throwIfAborted();
        this.sent = bytes;
      });
      if (turn !== this.#turn) return void forget(id);
      this.#file = id;
      await this.look();
    } catch (thrown) {
      if (turn === this.#turn) this.#failed(thrown);
    }
  }

  /** Lets a column in or keeps it out; `shy` ones stay out unless they are ticked. */
  tick(header: string, on: boolean, shy: boolean): void {
    const others = (list: readonly string[]) => list.filter((one) => one !== header);
    this.without = others(this.without);
    this.with = others(this.with);
    if (on && shy) this.with = [...this.with, header];
    // Also one that would stay out by itself: a kept mapping may let it in.
    if (!on) this.without = [...this.without, header];
    this.lookSoon();
  }

  /** Lets the file be read otherwise. Its columns may then have other names, so what was said of them goes. */
  reads(key: 'format' | 'delimiter' | 'encoding' | 'mapping' | 'sheet', value: string): void {
    this[key] = value;
    // Asked what its columns are, since too few were known: that is asked again if it is still so.
    if (this.preview && !this.preview.suffices) this.meaning = false;
    if (key !== 'format' && key !== 'mapping') Object.assign(this, { with: [], without: [], said: {} });
    void this.look();
  }

  /** Says what a column is. */
  say(header: string, field: string): void {
    this.said = { ...this.said, [header]: field };
    this.tick(header, true, false);
  }

  /** Looks again a moment later: several ticks after each other are one question. */
  lookSoon(): void {
    clearTimeout(this.#later);
    this.work = 'looking';
    this.#later = setTimeout(() => void this.look(), 250);
  }

  /** Finds out what an import as it stands would do. The first answer leads to the next step. */
  async look(): Promise<void> {
    clearTimeout(this.#later);
    const turn = ++this.#turn;
    this.#begin('looking');
    try {
      const preview = await call(commands.importPreview(this.#plan(), this.#channel(turn)));
      if (turn !== this.#turn) return;
      this.preview = preview;
      this.work = undefined;
      if (this.at === 'file') this.at = 'check';
      if (!preview.suffices) this.meaning = true;
    } catch (thrown) {
      if (turn === this.#turn) this.#failed(thrown);
    }
  }

  /** Imports. True if it did. */
  async run(): Promise<boolean> {
    const turn = ++this.#turn;
    this.#begin('running');
    try {
      const report = await call(commands.importRun(this.#plan(), this.#channel(turn)));
      if (turn !== this.#turn) return false;
      this.report = report;
      this.at = 'done';
      this.work = undefined;
      return true;
    } catch (thrown) {
      if (turn === this.#turn) this.#failed(thrown);
      return false;
    }
  }

  /** Keeps, under a name, what is made of the columns. */
  async keep(name: string): Promise<void> {
    await call(commands.mappingKeep(name, this.#plan()));
  }

  /** Stops what goes on; nothing stays of it. */
  stop(): void {
    this.stopping = true;
    if (this.work === 'sending') this.#abort?.abort();
    else void commands.importStop();
  }

  /** Begins anew with another file. */
  restart(): void {
    this.forget();
    Object.assign(this, { at: 'file', name: '', fault: undefined, origin: undefined, onDuplicate: 'merge' });
  }

  /** The file is needed no more. */
  forget(): void {
    this.#turn += 1;
    clearTimeout(this.#later);
    this.#abort?.abort();
    if (this.work === 'looking') void commands.importStop();
    if (this.#file !== undefined) void forget(this.#file);
    this.#file = undefined;
    Object.assign(this, { preview: undefined, report: undefined, work: undefined, stopping: false });
    Object.assign(this, { format: '', encoding: '', delimiter: '', sheet: '', with: [], without: [], private: false });
    Object.assign(this, { mapping: '', said: {}, meaning: false });
  }

  #begin(work: Work): void {
    this.work = work;
    this.stopping = false;
    this.fault = undefined;
    this.steps = { read: 0, rows: 0 };
  }

  #failed(thrown: unknown): void {
    const refused = Refused.of(thrown);
    this.work = undefined;
    this.stopping = false;
    // Who stopped it knows; a file that was to be read for the first time has nothing to show yet.
    this.fault = refused.code === 'cancelled' || this.#abort?.signal.aborted ? undefined : refused;
  }

  #channel(turn: number): Channel<Step> {
    const channel = new Channel<Step>();
    channel.onmessage = (step) => {
      if (turn === this.#turn) this.steps = step;
    };
    return channel;
  }

  #plan(): ImportIn {
    return {
      file: this.#file ?? '',
      format: this.format || null,
      encoding: this.encoding || null,
      delimiter: this.delimiter || null,
      sheet: this.sheet || null,
      mapping: this.mapping && this.mapping !== 'none' ? this.mapping : null,
      unmapped: this.mapping === 'none',
      columns: Object.entries(this.said).map(([header, field]) => ({ header, field })),
      with: [...this.with],
      without: [...this.without],
      private: this.private,
      origin: this.origin ?? 'self',
      on_duplicate: this.onDuplicate,
    };
  }
}

/** There is one at a time; it goes on while another screen is shown. */
export const wizard = new Wizard();
