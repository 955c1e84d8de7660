/** What went to each connection, summed up. Pure. */
import type { Disclosure } from '../../lib/api';

export interface Passed {
  readonly connection: string;
  readonly title: string;
  readonly times: number;
  /** When the last time was, and which fields went then. */
  readonly last: string;
  readonly fields: readonly string[];
}

/** One for each connection, the latest first; disclosures come in the order in which they went. */
export function passedOn(disclosures: readonly Disclosure[]): Passed[] {
  const found = new Map<string, Passed>();
  for (const { connection, title, at, fields } of disclosures) {
    const times = (found.get(connection)?.times ?? 0) + 1;
    found.delete(connection);
    found.set(connection, { connection, title, times, last: at, fields });
  }
  return [...found.values()].toReversed();
}
