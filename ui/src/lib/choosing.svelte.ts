/** Who was chosen in a list, however long: one by one, with Shift from the last one on, or everybody whom the list finds. */
import { SvelteMap } from 'svelte/reactivity';
import type { Choosable } from './api';
import { isTyping } from './keys';

export interface Chosen {
  /** Empty where the list never read it. */
  readonly name: string;
  /** On lock: takes part in nothing. */
  readonly restricted: boolean;
}

/** The list that is chosen from. */
interface List {
  /** What it asks for; another one finds others. */
  readonly question: () => string;
  readonly row: (index: number) => Choosable | undefined;
  readonly name: (id: string) => string;
  /** Everybody whom it finds, in its order. */
  readonly everybody: () => Promise<readonly Choosable[]>;
}

export class Choosing extends SvelteMap<string, Chosen> {
  /** Shift is held: everybody from the last choice on is chosen too. */
  shift = false;
  readonly #list: List;
  #anchor = -1;
  /** The question to which everybody was chosen, as long as nobody was taken out again. */
  #whole = $state('');

  constructor(list: List) {
    super();
    this.#list = list;
  }

  /** Everybody whom the list finds is chosen. */
  get all(): boolean {
    return this.size > 0 && this.#whole === this.#list.question();
  }

  /** The rows are others: none of them is where the last choice was. */
  moved(): void {
    this.#anchor = -1;
  }

  /** The keys of a list that is chosen from: `/` goes to its search, Esc lets go of everybody who was chosen. */
  hears(event: KeyboardEvent, search: () => void): void {
    this.shift = event.shiftKey;
    if (document.querySelector('dialog[open]') || isTyping(event.target)) return;
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search();
    } else if (event.key === 'Escape' && this.size) this.clear();
  }

  async choose(id: string, index: number): Promise<void> {
    const on = !this.has(id);
    const [from, to] = this.shift && this.#anchor >= 0 ? [this.#anchor, index].sort((a, b) => a - b) : [index, index];
    this.#anchor = index;
    if (!on) this.#whole = '';
    for (const one of await this.#between(from ?? index, to ?? index)) {
      if (on) this.#take(one);
      else this.delete(one.id);
    }
  }

  async chooseAll(): Promise<void> {
    if (this.all) return this.clear();
    const asked = this.#list.question();
    for (const one of await this.#list.everybody()) this.#take(one);
    this.#whole = asked;
  }

  /** Those of the chosen who may take part: nobody on lock. */
  get taking(): string[] {
    return [...this].filter(([, one]) => !one.restricted).map(([id]) => id);
  }

  #take({ id, restricted }: Choosable): void {
    this.set(id, { name: this.#list.name(id), restricted });
  }

  /** Everybody from one row to another; who was not read yet is asked for. */
  async #between(from: number, to: number): Promise<readonly Choosable[]> {
    const rows = Array.from({ length: to - from + 1 }, (_, at) => this.#list.row(from + at));
    const there = rows.filter((row) => row !== undefined);
    return there.length === rows.length ? there : (await this.#list.everybody()).slice(from, to + 1);
  }
}
