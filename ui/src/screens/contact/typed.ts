/** A value as it stands in the office, and as people type it. Pure. */
import { t } from '../../lib/i18n';
import { typedDate } from '../../lib/i18n/typed';
import type { Part } from './fields';

/** The value to begin typing with. */
export function asTyped(part: Part, longDate: (day: string) => string): string {
  return part.kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(part.value) ? longDate(part.value) : part.value;
}

/** What was typed, as the office keeps it; nothing where it cannot be read. */
export function written(part: Part, typed: string, today: string): string | undefined {
  const text = typed.trim();
  if (!text) return '';
  if (part.kind === 'number') return number(text);
  if (part.kind !== 'date') return text;
  if (/^--\d\d-\d\d$/.test(text)) return text;
  const day = typedDate(text.replaceAll('.', ' ').replaceAll(/\s+/g, ' '), today);
  return day !== undefined && part.key === 'birthday' && day > today ? undefined : day;
}

function number(text: string): string | undefined {
  const plain = text.replaceAll(/[\s\u00a0]/g, '').replace(/,(?=\d{1,2}$|\d{4,}$)/, '.');
  return plain !== '' && Number.isFinite(Number(plain)) ? plain : undefined;
}

/** What is wrong with what was typed there, in a sentence. */
export function wrongWith(part: Part): string {
  if (part.key === 'birthday') return t.contact.data.birthdayWrong;
  return part.kind === 'number' ? t.contact.data.numberWrong : t.contact.data.dateWrong;
}
