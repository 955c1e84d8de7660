/** A value as it stands in the office, and as people type it. Pure. */
import { currentLocale, say, t } from '../../lib/i18n';
import { typedNumber } from '../../lib/i18n/numbers';
import { typedBirthday, typedDate } from '../../lib/i18n/typed';
import type { Part } from './fields';

/** The value to begin typing with. */
export function asTyped(part: Part): string {
  if (part.kind === 'number') return say.figure(part.value);
  if (part.kind !== 'date') return part.value;
  if (/^\d{4}-\d\d-\d\d$/.test(part.value)) return say.longDate(part.value);
  return /^--\d\d-\d\d$/.test(part.value) ? say.everyYear(part.value) : part.value;
}

/** What was typed, as the office keeps it; nothing where it cannot be read. */
export function written(part: Part, typed: string, today: string): string | undefined {
  const text = typed.trim();
  if (!text) return '';
  if (part.kind === 'number') return typedNumber(text, currentLocale());
  if (part.kind !== 'date') return text;
  const said = text.replaceAll('.', ' ').replaceAll(/\s+/g, ' ');
  return part.key === 'birthday' ? typedBirthday(said, today) : typedDate(said, today);
}

/** What is wrong with what was typed there, in a sentence. */
export function wrongWith(part: Part): string {
  if (part.key === 'birthday') return t.contact.data.birthdayWrong;
  return part.kind === 'number' ? t.contact.data.numberWrong : t.contact.data.dateWrong;
}
