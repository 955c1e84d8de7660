import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as dates from './dates';
import { localeOf } from './locale';

const nl = localeOf('nl', 'BE', 'Europe/Brussels');
const en = localeOf('en', 'BE', 'Europe/Brussels');
const TODAY = '2026-02-24';

/** What both languages say, side by side. */
function says(say: (locale: typeof nl) => string, dutch: string, english: string) {
  assert.equal(say(nl), dutch);
  assert.equal(say(en), english);
}

test('a day is said with its weekday, and with its year only if it is another one', () => {
  says((locale) => dates.day('2026-02-24', locale, TODAY), 'dinsdag 24 februari', 'Tuesday 24 February');
  says((locale) => dates.day('2025-05-12', locale, TODAY), 'maandag 12 mei 2025', 'Monday 12 May 2025');
  says((locale) => dates.titleDay('2026-02-24', locale, TODAY), 'Dinsdag 24 februari', 'Tuesday 24 February');
  says((locale) => dates.date('2027-01-01', locale, TODAY), '1 januari 2027', '1 January 2027');
});

test('what is due says how long is left, and by when', () => {
  says((locale) => dates.left('2026-03-02', locale, TODAY), 'nog 6 dagen', '6 days left');
  says((locale) => dates.left('2026-02-25', locale, TODAY), 'nog 1 dag', '1 day left');
  says((locale) => dates.left('2026-02-24', locale, TODAY), 'vandaag', 'today');
  says((locale) => dates.left('2026-02-23', locale, TODAY), '1 dag te laat', '1 day late');
  says((locale) => dates.left('2026-02-20', locale, TODAY), '4 dagen te laat', '4 days late');
  says((locale) => dates.by('2026-03-02', locale, TODAY), 'uiterlijk maandag 2 maart', 'by Monday 2 March');
  says((locale) => dates.by('2026-02-23', locale, TODAY), 'moest maandag 23 februari', 'was due Monday 23 February');
});

test('a date presses when it is past or within a week', () => {
  const pressing = (due: string) => dates.pressing(due, nl, TODAY);
  assert.deepEqual(['2026-02-23', '2026-02-24', '2026-03-03', '2026-03-04'].map(pressing), [
    'bad',
    'warn',
    'warn',
    'off',
  ]);
});

test('times are those of the business, whatever the computer thinks', () => {
  says((locale) => dates.time('2026-02-24T08:12:00Z', locale), '9.12 uur', '9:12');
  says((locale) => dates.time('2026-07-01T22:05:00Z', locale), '0.05 uur', '0:05');
  says(
    (locale) => dates.moment('2026-02-17T09:14:00Z', locale, TODAY),
    'dinsdag 17 februari, 10.14',
    'Tuesday 17 February, 10:14',
  );
  assert.equal(dates.dayOf('2026-02-24T23:30:00Z', nl), '2026-02-25');
  assert.equal(dates.near('2026-02-23T22:59:00Z', nl, TODAY), 'gisteren');
});

test('days are counted over the change of the clock', () => {
  assert.equal(dates.daysBetween('2026-03-28', '2026-03-30'), 2);
  assert.equal(dates.addDays('2026-10-24', 2), '2026-10-26');
  assert.equal(dates.addDays('2024-02-28', 1), '2024-02-29');
});

test('minutes become hours when they are whole', () => {
  says((locale) => dates.minutes(12, locale), '12 minuten', '12 minutes');
  says((locale) => dates.minutes(1, locale), '1 minuut', '1 minute');
  says((locale) => dates.minutes(120, locale), '2 uur', '2 hours');
});
