/** This computer's clock. What counts as today, the office says. */

/** This instant, RFC 3339. */
export function now(): string {
  return new Date().toISOString();
}
