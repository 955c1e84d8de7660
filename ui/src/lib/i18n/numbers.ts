/** Figures as people read them, in the language of the window. */
import { numberFormat } from './formats';
import type { Locale } from './locale';

/** "2.418". */
export function number(value: number, locale: Locale): string {
  return numberFormat(locale.tag).format(value);
}

/** What parts the whole from the rest: a comma in Dutch. */
export function decimal(locale: Locale): string {
  return (
    numberFormat(locale.tag)
      .formatToParts(0.5)
      .find((part) => part.type === 'decimal')?.value ?? '.'
  );
}

/** `1234.5` from "1.234,5" or "1234,5"; in English from "1,234.5". Nothing where it is no figure. */
export function typedNumber(text: string, locale: Locale): string | undefined {
  const point = decimal(locale);
  const group = point === ',' ? '.' : ',';
  const bare = text.replaceAll(/\s/g, '');
  const [whole = '', ...rest] = bare.split(point);
  const grouped = /^[+-]?\d{1,3}([.,]\d{3})+$/.test(whole) && !whole.includes(point);
  // What is no group of three was meant as the point: "12.5" in Dutch.
  const plain = grouped ? [whole.replaceAll(group, ''), ...rest].join('.') : bare.replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? String(Number(plain)) : undefined;
}

/** "53%". Never "100%" while one is missing, never "0%" while there is one. */
export function share(part: number, whole: number, locale: Locale): string {
  const exact = whole === 0 ? 0 : part / whole;
  const most = part < whole ? 0.99 : 1;
  const least = part > 0 ? 0.01 : 0;
  const told = Math.min(most, Math.max(least, exact));
  const figure = numberFormat(locale.tag, { maximumFractionDigits: 0 }).format(Math.round(told * 100));
  return `${figure}%`;
}

/** "12 kB", "3,4 MB": the size of a file, in steps of a thousand. */
export function size(bytes: number, locale: Locale): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return numberFormat(locale.tag, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}

/** The word that goes with this many: Dutch and English know one and more. */
export function plural(count: number, one: string, more: string): string {
  return count === 1 ? one : more;
}
