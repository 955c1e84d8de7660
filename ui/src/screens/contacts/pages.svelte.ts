/** The list as the office gives it: stretch by stretch, as far as somebody looks. */
import { untrack } from 'svelte';
import { call, commands, type PageQuestion, type PageRow } from '../../lib/api';
import { fresh } from '../../lib/fresh';
import { Refused } from '../../lib/refused';
import { today } from '../../lib/today.svelte';
import { turn } from '../../lib/touched.svelte';

/** Rows of one stretch. */
const STRETCH = 60;

export class Pages {
  /** How many the question finds. */
  total = $state(0);
  /** How many contacts there are. */
  everybody = $state(0);
  /** Keys of the purposes that the rows' statuses are about. */
  purposes = $state.raw<readonly string[]>([]);
  fault = $state.raw<Refused>();
  settled = $state(false);
  #stretches = $state.raw<Readonly<Record<number, readonly PageRow[]>>>({});
  #question: PageQuestion = {};
  #asking: number[] = [];
  #turn = 0;
  #loading: Promise<void> = Promise.resolve();
  /** What is shown answers an earlier question. */
  #stale = false;
  #first = 0;

  /** `question` may read state of the screen; when that changes, or what the list shows was touched, it is asked again. */
  constructor(question: () => PageQuestion) {
    $effect(() => {
      today();
      for (const area of ['contacts', 'consent', 'requests', 'settings'] as const) turn(area);
      const asked = question();
      untrack(() => this.#begin(asked));
    });
  }

  /** The row at this place, or nothing while it is not there yet. */
  row(index: number): PageRow | undefined {
    return this.#stretches[Math.floor(index / STRETCH)]?.[index % STRETCH];
  }

  /** What somebody is called who is among the rows that are there. */
  name(id: string): string {
    for (const rows of Object.values(this.#stretches)) {
      const found = rows.find((row) => row.id === id);
      if (found) return found.name;
    }
    return '';
  }

  /** These rows come into view. */
  need(from: number, to: number): void {
    const there = this.#stretches;
    this.#first = Math.floor(from / STRETCH);
    for (let at = this.#first; at * STRETCH < to; at++) if (this.#stale || !there[at]) void this.#load(at);
  }

  #begin(question: PageQuestion): void {
    const same = JSON.stringify(question) === JSON.stringify(this.#question);
    this.#question = question;
    this.#turn += 1;
    this.#asking = [];
    this.#stale = true;
    if (!same) this.#first = 0;
    this.#loading = this.#load(this.#first);
  }

  /** Waits until the rows answer what is asked now. */
  fresh(): Promise<void> {
    return fresh(() => this.#loading);
  }

  async #load(at: number): Promise<void> {
    if (this.#asking.includes(at)) return;
    this.#asking.push(at);
    const turnOfMine = this.#turn;
    try {
      const asked = { ...this.#question, offset: at * STRETCH, limit: STRETCH };
      const page = await call(commands.contactsPage(asked));
      if (turnOfMine !== this.#turn) return;
      const kept = this.#stale ? {} : this.#stretches;
      this.#stale = false;
      this.#stretches = { ...kept, [at]: page.rows };
      this.total = page.total;
      this.everybody = page.everybody;
      if (page.purposes.join() !== this.purposes.join()) this.purposes = page.purposes;
      this.fault = undefined;
    } catch (thrown) {
      if (turnOfMine !== this.#turn) return;
      this.fault = Refused.of(thrown);
    }
    this.#asking = this.#asking.filter((one) => one !== at);
    this.settled = true;
  }
}
