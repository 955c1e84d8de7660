/** Figures as people read them, in the language of the window. */
import type { Locale } from './locale';

/** "2.418". */
export function number(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale.tag).format(value);
}

/** "53%". Never "100%" while one is missing, never "0%" while there is one. */
export function share(part: number, whole: number, locale: Locale): string {
  const exact = whole === 0 ? 0 : part / whole;
  const most = part < whole ? 0.99 : 1;
  const least = part > 0 ? 0.01 : 0;
  const told = Math.min(most, Math.max(least, exact));
  const figure = new Intl.NumberFormat(locale.tag, { maximumFractionDigits: 0 }).format(Math.round(told * 100));
  return `${figure}%`;
}

/** "12 kB", "3,4 MB": the size of a file, in steps of a thousand. */
export function size(bytes: number, locale: Locale): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(locale.tag, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}

/** The word that goes with this many: Dutch and English know one and more. */
export function plural(count: number, one: string, more: string): string {
  return count === 1 ? one : more;
}
