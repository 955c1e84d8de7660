/** Until when somebody is kept, as the office says it. Pure. */
import { addDays } from '../../lib/i18n/dates';

export interface Fate {
  /** The day from which nothing asks for it; empty while none is known. */
  readonly ends: string;
  /** Nothing asks for keeping them any more: no yes stands, nothing is asked, every ground has ended. */
  readonly over: boolean;
  /** What ended last, and what stands against it all the same. */
  readonly why: string;
  readonly bar: string;
  /** The last day of a duty to keep, and which. */
  readonly held: string;
  readonly duty: string;
  /** An erasure was ordered and waits for that day. */
  readonly waits: boolean;
  /** The first day on which it can be carried out. */
  readonly from: string;
}

export function fateOf(retention: Readonly<Record<string, unknown>>): Fate {
  const text = (key: string) => (typeof retention[key] === 'string' ? retention[key] : '');
  const held = text('held_until');
  return {
    ends: text('ends'),
    over: retention['over'] === true,
    why: text('why'),
    bar: text('bar'),
    held,
    duty: text('hold_reason'),
    waits: text('erasure') !== '',
    from: held ? addDays(held, 1) : '',
  };
}
