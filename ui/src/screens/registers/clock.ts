/** The 72 hours of a breach, in words. Pure. */
import type { BreachShown } from '../../lib/api';
import { say, t } from '../../lib/i18n';

const HOUR = 60;
const WHOLE = 72 * HOUR;
/** From so few minutes on they are said as minutes. */
const SOON = 2 * HOUR;
const DAY = 24 * HOUR;

/** "31 uur", "40 minuten"; what is over for longer than all of it, in days. */
export function span(minutes: number): string {
  const words = t.registers.breaches;
  const count = Math.abs(minutes);
  if (count < SOON) return words.minutes(say.number(count), count);
  const hours = Math.floor(count / HOUR);
  const days = Math.floor(count / DAY);
  if (count > WHOLE) return words.days(say.number(days), days);
  return words.hours(say.number(hours), hours);
}

/** How much of the 72 hours is over, in whole hours and in hundredths. */
export function used(breach: BreachShown): { hours: number; share: number } {
  const over = Math.min(WHOLE, Math.max(0, WHOLE - breach.minutes_left));
  return { hours: Math.floor(over / HOUR), share: (100 * over) / WHOLE };
}

/** The authority has to hear of it, and nobody said yet that it did. */
export function presses(breach: BreachShown): boolean {
  return breach.authority.told === null && breach.authority.owed;
}

export function tone(breach: BreachShown): 'bad' | 'warn' {
  return breach.minutes_left < DAY ? 'bad' : 'warn';
}
