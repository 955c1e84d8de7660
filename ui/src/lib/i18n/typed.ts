/** What somebody typed as a date or time, in the ways people write them. */
import { addDays } from './dates';

const MONTHS = [
  ['jan', 'januari', 'january'],
  ['feb', 'februari', 'february'],
  ['mrt', 'maart', 'mar', 'march'],
  ['apr', 'april'],
  ['mei', 'may'],
  ['jun', 'juni', 'june'],
  ['jul', 'juli', 'july'],
  ['aug', 'augustus', 'august'],
  ['sep', 'sept', 'september'],
  ['okt', 'oktober', 'oct', 'october'],
  ['nov', 'november'],
  ['dec', 'december'],
];

const NEAR: Readonly<Record<string, number>> = {
  vandaag: 0,
  today: 0,
  gisteren: -1,
  yesterday: -1,
  eergisteren: -2,
  morgen: 1,
  tomorrow: 1,
};

function monthOf(word: string): number {
  const number = Number(word);
  if (Number.isInteger(number)) return number;
  return MONTHS.findIndex((names) => names.includes(word.replace('.', ''))) + 1;
}

function isDay(year: number, month: number, day: number): string | undefined {
  const made = new Date(Date.UTC(year, month - 1, day, 12));
  const same = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  return same ? made.toISOString().slice(0, 10) : undefined;
}

/** A day as it was said, with or without its year. */
interface Said {
  readonly year: string | undefined;
  readonly month: number;
  readonly day: number;
}

function saidDay(given: string): Said | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(given);
  if (iso) return { year: iso[1], month: Number(iso[2]), day: Number(iso[3]) };
  const said =
    /^(?:[a-z]+day |[a-z]+dag )?(\d{1,2})(?:[\s./-]+|(?=[a-z]))([a-z]+\.?|\d{1,2})(?:[\s./-]+(\d{4}|\d{2}))?$/.exec(
      given,
    );
  return said ? { year: said[3], month: monthOf(said[2] ?? ''), day: Number(said[1]) } : undefined;
}

/**
 * `2026-03-02` from "2/3", "2-3-2026", "2 maart", "2 mrt 26", "2026-03-02", "gisteren". Without a year it is the day
 * of this year, or of last year when it would lie far ahead.
 */
export function typedDate(text: string, today: string): string | undefined {
  const given = text.trim().toLowerCase();
  const near = NEAR[given];
  if (near !== undefined) return addDays(today, near);
  const said = saidDay(given);
  if (!said) return undefined;
  const thisYear = Number(today.slice(0, 4));
  const year = said.year === undefined ? thisYear : Number(said.year.length === 2 ? `20${said.year}` : said.year);
  const found = isDay(year, said.month, said.day);
  const farAhead = found !== undefined && said.year === undefined && found > addDays(today, 183);
  return farAhead ? isDay(year - 1, said.month, said.day) : found;
}

/**
 * `1984-06-14` from "14/6/84" or "14 juni 1984", `--06-14` from "14 juni": a birthday without its year says no age. Two
 * digits mean the latest such year; a day to come is none.
 */
export function typedBirthday(text: string, today: string): string | undefined {
  const given = text.trim().toLowerCase();
  const said = /^--\d\d-\d\d$/.test(given)
    ? { year: undefined, month: Number(given.slice(2, 4)), day: Number(given.slice(5)) }
    : saidDay(given);
  if (!said) return undefined;
  if (said.year === undefined) return isDay(2024, said.month, said.day)?.replace('2024', '-');
  const bornIn = (year: number) => {
    const born = isDay(year, said.month, said.day);
    return born !== undefined && born <= today ? born : undefined;
  };
  if (said.year.length === 4) return bornIn(Number(said.year));
  const century = Number(today.slice(0, 2)) * 100;
  return bornIn(century + Number(said.year)) ?? bornIn(century - 100 + Number(said.year));
}

/** `09:12` from "9.12", "9u12", "9:12", "0912", "9 uur". */
export function typedTime(text: string): string | undefined {
  const said = /^(\d{1,2})(?:\s*(?:[.:uh]|uur)\s*(\d{2})?|(\d{2}))?(?:\s*uur)?$/.exec(text.trim().toLowerCase());
  if (!said) return undefined;
  const hour = Number(said[1]);
  const minute = Number(said[2] ?? said[3] ?? 0);
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
