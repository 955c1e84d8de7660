/** A long list as the office gives it: stretch by stretch, as far as somebody looks. */
import { untrack } from 'svelte';
import type { Area } from './bindings';
import { fresh } from './fresh';
import { Refused } from './refused';
import { today } from './today.svelte';
import { turn } from './touched.svelte';

/** Rows of one stretch. */
const STRETCH = 60;

/** So many stretches are kept before and behind the one in view; those further away are asked for again. */
const BESIDE = 8;

interface Page<Row> {
  total: number;
  rows: readonly Row[];
}

export class Stretches<Question, Row extends { readonly id: string }, Given extends Page<Row>> {
  /** How many the question finds. */
  total = $state(0);
  /** The answer that came last. */
  page = $state.raw<Given>();
  /** The question that the rows which are there answer. */
  answered = $state.raw<Question>();
  fault = $state.raw<Refused>();
  settled = $state(false);
  #stretches = $state.raw<Readonly<Record<number, readonly Row[]>>>({});
  #question: Question | undefined;
  readonly #ask: (question: Question, offset: number, limit: number) => Promise<Given>;
  #asking: number[] = [];
  #turn = 0;
  #loading: Promise<void> = Promise.resolve();
  /** What is shown answers an earlier question. */
  #stale = false;
  #first = 0;

  /** `question` may read state of the screen; when that changes, or what the list shows was touched, it is asked again. */
  constructor(
    areas: readonly Area[],
    question: () => Question,
    ask: (question: Question, offset: number, limit: number) => Promise<Given>,
  ) {
    this.#ask = ask;
    $effect(() => {
      today();
      for (const area of areas) turn(area);
      const asked = question();
      untrack(() => this.#begin(asked));
    });
  }

  /** The row at this place, or nothing while it is not there yet. */
  row(index: number): Row | undefined {
    return this.#stretches[Math.floor(index / STRETCH)]?.[index % STRETCH];
  }

  /** Somebody among the rows that are there. */
  find(id: string): Row | undefined {
    for (const rows of Object.values(this.#stretches)) {
      const found = rows.find((row) => row.id === id);
      if (found) return found;
    }
    return undefined;
  }

  /** These rows come into view. */
  need(from: number, to: number): void {
    const there = this.#stretches;
    this.#first = Math.floor(from / STRETCH);
    for (let at = this.#first; at * STRETCH < to; at++) if (this.#stale || !there[at]) void this.#load(at);
  }

  /** What is there of the list around what is in view. */
  #near(): Record<number, readonly Row[]> {
    const stretches = Object.entries(this.#stretches).map(([at, rows]) => [Number(at), rows] as const);
    return Object.fromEntries(stretches.filter(([at]) => Math.abs(at - this.#first) <= BESIDE));
  }

  #begin(question: Question): void {
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
    const question = this.#question;
    if (question === undefined || this.#asking.includes(at)) return;
    this.#asking.push(at);
    const turnOfMine = this.#turn;
    try {
      const page = await this.#ask(question, at * STRETCH, STRETCH);
      if (turnOfMine !== this.#turn) return;
      const kept = this.#stale ? {} : this.#near();
      this.#stale = false;
      this.#stretches = { ...kept, [at]: page.rows };
      this.answered = question;
      this.total = page.total;
      this.page = page;
      this.fault = undefined;
    } catch (thrown) {
      if (turnOfMine !== this.#turn) return;
      this.fault = Refused.of(thrown);
    }
    this.#asking = this.#asking.filter((one) => one !== at);
    this.settled = true;
  }
}
