/** Dates as people say them. Days are `2026-03-02`, in the business's own zone; instants are RFC 3339. */
import { dateFormat, numberFormat } from './formats';
import type { Locale } from './locale';

const DAY_MS = 86_400_000;

/** Noon of a day in UTC, to count and format days without any zone. */
function noon(day: string): Date {
  return new Date(`${day.slice(0, 10)}T12:00:00Z`);
}

function formatDay(day: string, locale: Locale, options: Intl.DateTimeFormatOptions): string {
  return dateFormat(locale.tag, { ...options, timeZone: 'UTC' }).format(noon(day));
}

/** The day on which an instant falls, in the business's zone. */
export function dayOf(instant: string, locale: Locale): string {
  const part = partsOf(instant, locale.zone, { year: 'numeric', month: '2-digit', day: '2-digit' });
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** An instant in parts. Each is asked for by its name: how a language puts them together differs between web views. */
function partsOf(instant: string, zone: string | undefined, options: Intl.DateTimeFormatOptions) {
  const parts = dateFormat('en-GB', { ...options, timeZone: zone }).formatToParts(new Date(instant));
  return (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
}

/** The day of an instant; a day is its own. */
function asDay(when: string, locale: Locale): string {
  return when.length === 10 ? when : dayOf(when, locale);
}

/** Whole days from one day to another; negative when the second lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noon(to).getTime() - noon(from).getTime()) / DAY_MS);
}

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(noon(day).getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** "24 februari"; with the year if it is another one than today's. */
export function date(when: string, locale: Locale, today: string): string {
  const day = asDay(when, locale);
  const year = day.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
  return formatDay(day, locale, { day: 'numeric', month: 'long', year });
}

/** "dinsdag 24 februari". */
export function day(when: string, locale: Locale, today: string): string {
  const which = asDay(when, locale);
  const weekday = formatDay(which, locale, { weekday: 'long' });
  return `${weekday} ${date(which, locale, today)}`;
}

/** "Dinsdag 24 februari", to begin a title with. */
export function titleDay(when: string, locale: Locale, today: string): string {
  return sentence(day(when, locale, today));
}

/** "24 februari 2026", on paper that is read in another year. */
export function longDate(when: string, locale: Locale): string {
  return formatDay(asDay(when, locale), locale, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** "3 november", of a birthday whose year nobody said: `--11-03`. */
export function everyYear(day: string, locale: Locale): string {
  // A leap year, which has all days there are.
  return formatDay(`2024${day.slice(1)}`, locale, { day: 'numeric', month: 'long' });
}

/** "24 feb. 2026", where there is little room. */
export function shortDate(when: string, locale: Locale): string {
  return formatDay(asDay(when, locale), locale, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** "maart". */
export function month(when: string, locale: Locale): string {
  return formatDay(asDay(when, locale), locale, { month: 'long' });
}

/** "9.12 uur"; in English "9:12". */
export function time(instant: string, locale: Locale): string {
  const clock = bareTime(instant, locale);
  return locale.language === 'nl' ? `${clock} uur` : clock;
}

/** "9.12", where the words around it say that it is a time. */
export function bareTime(instant: string, locale: Locale): string {
  const part = partsOf(instant, locale.zone, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' });
  const hour = String(Number(part('hour')));
  return `${hour}${locale.language === 'nl' ? '.' : ':'}${part('minute')}`;
}

/** "dinsdag 17 februari, 10.14": when something happened. */
export function moment(when: string, locale: Locale, today: string): string {
  if (when.length === 10) return day(when, locale, today);
  return `${day(when, locale, today)}, ${bareTime(when, locale)}`;
}

/** The exact instant, for the pointer. */
export function exactly(when: string, locale: Locale): string {
  if (when.length === 10) return formatDay(when, locale, { dateStyle: 'full' });
  return dateFormat(locale.tag, { dateStyle: 'full', timeStyle: 'long', timeZone: locale.zone }).format(new Date(when));
}

/** "vandaag", "gisteren", "morgen"; else "dinsdag 24 februari". */
export function near(when: string, locale: Locale, today: string): string {
  const which = asDay(when, locale);
  const words = locale.language === 'nl' ? NEAR_NL : NEAR_EN;
  return words[String(daysBetween(today, which))] ?? day(which, locale, today);
}

const NEAR_NL: Readonly<Record<string, string>> = { '-1': 'gisteren', '0': 'vandaag', '1': 'morgen' };
const NEAR_EN: Readonly<Record<string, string>> = { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' };

/** "nog 6 dagen", "vandaag", "1 dag te laat". */
export function left(due: string, locale: Locale, today: string): string {
  const days = daysBetween(today, asDay(due, locale));
  const count = Math.abs(days);
  if (locale.language === 'nl') {
    if (days === 0) return 'vandaag';
    const unit = count === 1 ? 'dag' : 'dagen';
    return days > 0 ? `nog ${count} ${unit}` : `${count} ${unit} te laat`;
  }
  if (days === 0) return 'today';
  const unit = count === 1 ? 'day' : 'days';
  return days > 0 ? `${count} ${unit} left` : `${count} ${unit} late`;
}

/** "uiterlijk maandag 2 maart"; once it is past, "moest maandag 23 februari". */
export function by(due: string, locale: Locale, today: string): string {
  const which = asDay(due, locale);
  const past = daysBetween(today, which) < 0;
  const said = day(which, locale, today);
  if (locale.language === 'nl') return past ? `moest ${said}` : `uiterlijk ${said}`;
  return past ? `was due ${said}` : `by ${said}`;
}

/** How pressing a date is: late, within a week, or later. */
export function pressing(due: string, locale: Locale, today: string): 'bad' | 'warn' | 'off' {
  const days = daysBetween(today, asDay(due, locale));
  return days < 0 ? 'bad' : days <= 7 ? 'warn' : 'off';
}

/** "12 minuten", "1 uur". */
export function minutes(count: number, locale: Locale): string {
  const hours = count >= 60 && count % 60 === 0;
  const value = hours ? count / 60 : count;
  return numberFormat(locale.tag, {
    style: 'unit',
    unit: hours ? 'hour' : 'minute',
    unitDisplay: 'long',
  }).format(value);
}

/** A sentence begins with a capital. */
export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
