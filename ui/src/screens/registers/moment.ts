/** A day and a time as somebody typed them, as the office takes them. Pure. */
import { typedTime } from '../../lib/i18n/typed';

/** Signs of a day, and of a day with its time, where both are said in the zone of the business. */
const DAY = 10;
const MINUTE = 16;

/** Whether what happened then came after its last moment; of a bare day all of it has to. */
export function isAfter(on: string, due: string): boolean {
  const signs = on.length > DAY ? MINUTE : DAY;
  return on.slice(0, signs) > due.slice(0, signs);
}

/** `2026-03-27T10:00`; only the day where no time was typed; nothing where the time is none. */
export function momentOf(day: string, time: string): string | undefined {
  if (!time.trim()) return day;
  const read = typedTime(time);
  return read === undefined ? undefined : `${day}T${read}`;
}
