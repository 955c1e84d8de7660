/**
 * The formatters of `Intl`, each made once: making one takes a thousand times as long as using it, and holds memory of
 * which the page's collector knows nothing.
 */

const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();
const lists = new Map<string, Intl.ListFormat>();

/** Writes dates and times in a language, so. */
export function dateFormat(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return once(dates, tag, options, () => new Intl.DateTimeFormat(tag, options));
}

/** Writes figures in a language, so. */
export function numberFormat(tag: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return once(numbers, tag, options, () => new Intl.NumberFormat(tag, options));
}

/** Puts words after one another as a language does, so. */
export function listFormat(tag: string, options: Intl.ListFormatOptions): Intl.ListFormat {
  return once(lists, tag, options, () => new Intl.ListFormat(tag, options));
}

/** Languages, zones and ways of writing are few, so that what was made is kept for good. */
function once<Format>(made: Map<string, Format>, tag: string, options: object, make: () => Format): Format {
  const key = `${tag} ${JSON.stringify(options)}`;
  const there = made.get(key) ?? make();
  made.set(key, there);
  return there;
}
