/** A day and a time as somebody typed them, as the office takes them. Pure. */
import { typedTime } from '../../lib/i18n/typed';

/** `2026-03-27T10:00`; only the day where no time was typed; nothing where the time is none. */
export function momentOf(day: string, time: string): string | undefined {
  if (!time.trim()) return day;
  const read = typedTime(time);
  return read === undefined ? undefined : `${day}T${read}`;
}
