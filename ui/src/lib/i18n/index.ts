/** `t.area.key` says words, `say.x(…)` says dates and figures; both in the language of the moment. */
import { today } from '../today.svelte';
import * as dates from './dates';
import { currentLocale, currentWords } from './language.svelte';
import type { Words } from './nl';
import * as numbers from './numbers';

export { currentLocale, speak } from './language.svelte';
export type { Language } from './locale';
export { plural } from './numbers';

/** The words of the moment, by area: `t.today.title`. */
export const t = new Proxy({} as Words, { get: (_, area) => currentWords()[area as keyof Words] });

/** Dates and figures as people say them. Days are `2026-03-02`, instants RFC 3339. */
export const say = {
  number: (value: number) => numbers.number(value, currentLocale()),
  /** "12,5", to type on in */
  figure: (value: string) => value.replace('.', numbers.decimal(currentLocale())),
  share: (part: number, whole: number) => numbers.share(part, whole, currentLocale()),
  size: (bytes: number) => numbers.size(bytes, currentLocale()),
  /** "24 februari" */
  date: (when: string) => dates.date(when, currentLocale(), today()),
  /** "dinsdag 24 februari" */
  day: (when: string) => dates.day(when, currentLocale(), today()),
  /** "Dinsdag 24 februari" */
  titleDay: (when: string) => dates.titleDay(when, currentLocale(), today()),
  /** "24 februari 2026" */
  longDate: (when: string) => dates.longDate(when, currentLocale()),
  /** "3 november", of `--11-03` */
  everyYear: (day: string) => dates.everyYear(day, currentLocale()),
  /** "24 feb. 2026" */
  shortDate: (when: string) => dates.shortDate(when, currentLocale()),
  month: (when: string) => dates.month(when, currentLocale()),
  /** "9.12 uur" */
  time: (instant: string) => dates.time(instant, currentLocale()),
  /** "9.12" */
  bareTime: (instant: string) => dates.bareTime(instant, currentLocale()),
  /** "dinsdag 17 februari, 10.14" */
  moment: (when: string) => dates.moment(when, currentLocale(), today()),
  /** In full, for the pointer. */
  exactly: (when: string) => dates.exactly(when, currentLocale()),
  /** "gisteren", else "dinsdag 24 februari" */
  near: (when: string) => dates.near(when, currentLocale(), today()),
  /** "nog 6 dagen", "1 dag te laat" */
  left: (due: string) => dates.left(due, currentLocale(), today()),
  /** "uiterlijk maandag 2 maart" */
  by: (due: string) => dates.by(due, currentLocale(), today()),
  /** How a due date is coloured. */
  pressing: (due: string) => dates.pressing(due, currentLocale(), today()),
  minutes: (count: number) => dates.minutes(count, currentLocale()),
  /** With a capital, to begin a sentence. */
  sentence: dates.sentence,
};
