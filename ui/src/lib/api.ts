/** The one way to the office. `call(commands.x(…))` gives the answer, throws a `Refused`, and announces what was touched. */
import type { Area } from './bindings';
import { Refused, type Refusal } from './refused';
import { announce } from './touched.svelte';

export { commands, events } from './bindings';
export type * from './bindings';

type Outcome<T> = { status: 'ok'; data: T } | { status: 'error'; error: Refusal };

/** A change's answer: its output, and the areas that a screen must read again. */
interface Done<T> {
  output: T;
  touched: readonly Area[];
}

/** What `call` gives for an answer: of a change its output, else the answer itself. */
type Output<T> = T extends Done<infer O> ? O : T;

function isDone(data: unknown): data is Done<unknown> {
  return typeof data === 'object' && data !== null && 'touched' in data && 'output' in data;
}

/** Waits for a command and unwraps it. */
export async function call<T>(pending: Promise<Outcome<T>>): Promise<Output<T>> {
  const outcome = await pending.catch((thrown: unknown) => {
    throw Refused.of(thrown);
  });
  if (outcome.status === 'error') throw new Refused(outcome.error);
  if (!isDone(outcome.data)) return outcome.data as Output<T>;
  announce(outcome.data.touched);
  return outcome.data.output as Output<T>;
}
