/** People to be called one after the other about a purpose. What is left of the list stays in the vault, to go on later. */
import { tick } from 'svelte';
import { call, commands } from './api';
import { begin, end } from './tasks.svelte';

const KIND = 'call_list';

/** Nobody calls more people from one list. */
export const CALLS_MAX = 500;

export interface CallList {
  /** The purpose's key and title. */
  readonly purpose: string;
  readonly title: string;
  /** How many there were at the beginning. */
  readonly whole: number;
  /** Who is still to be called; the first is next. */
  readonly left: readonly string[];
  /** Who could not be reached, and is called again at the end. */
  readonly later: readonly string[];
}

let list = $state.raw<CallList>();

/** The list, if there is one. */
export function calls(): CallList | undefined {
  return list;
}

/** Which one is next of how many, and how many were spoken to. */
export function place(of: CallList): { at: number; whole: number; done: number } {
  const { whole, left, later } = of;
  return { at: whole - left.length + 1, whole, done: whole - left.length - later.length };
}

function isList(value: unknown): value is CallList {
  const known = value as Partial<CallList> | null;
  return (
    typeof known === 'object' &&
    known !== null &&
    typeof known.purpose === 'string' &&
    typeof known.title === 'string' &&
    typeof known.whole === 'number' &&
    Array.isArray(known.left) &&
    Array.isArray(known.later)
  );
}

/** Reads what is left of a list. One that cannot be read stands in nobody's way. */
export async function readCalls(): Promise<void> {
  const [kept] = await call(commands.draftsList(KIND)).catch(() => []);
  try {
    const found: unknown = JSON.parse(kept?.body ?? 'null');
    list = isList(found) ? found : undefined;
  } catch {
    list = undefined;
  }
}

/** The page goes on when the vault has it, so that nothing says the next one while the call before is still there. */
async function keep(next: CallList): Promise<void> {
  await call(commands.draftPut(KIND, null, JSON.stringify(next)));
  list = next;
}

/** Makes a list in the place of the one before, and calls the first. */
export async function startCalls(purpose: string, title: string, people: readonly string[]): Promise<void> {
  const left = people.slice(0, CALLS_MAX);
  await keep({ purpose, title, whole: left.length, left, later: [] });
  await callNext();
}

/** Calls whoever is next; when all were tried, those who could not be reached once more. */
export async function callNext(): Promise<void> {
  end();
  await tick();
  if (list && !list.left.length && list.later.length) await keep({ ...list, left: list.later, later: [] });
  const contact = list?.left[0];
  if (contact) begin({ task: 'consent', contact, listed: true });
}

/**
 * The one who is next was spoken to, or could not be reached. Goes on to the one after, unless nobody new is left. Where the
 * list cannot be kept it goes on all the same in this window, and the call that is over is closed.
 */
export async function called(reached: boolean): Promise<void> {
  if (!list) return end();
  const [now, ...left] = list.left;
  const later = reached || now === undefined ? list.later : [...list.later, now];
  const next = left.length || later.length ? { ...list, left, later } : undefined;
  try {
    await (next ? keep(next) : dropCalls());
  } catch (thrown) {
    list = next;
    end();
    throw thrown;
  }
  if (left.length) await callNext();
  else end();
}

/** Puts the list away. */
export async function dropCalls(): Promise<void> {
  list = undefined;
  await call(commands.draftDiscard(KIND));
}
