/** This computer's clock. What counts as today, the office says. */

export const MINUTE_MS = 60_000;

/** This instant, RFC 3339. */
export function now(): string {
  return new Date().toISOString();
}

/** Acts once a minute from now on; what comes back ends that. */
export function everyMinute(act: () => void): () => void {
  const clock = setInterval(act, MINUTE_MS);
  return () => clearInterval(clock);
}
