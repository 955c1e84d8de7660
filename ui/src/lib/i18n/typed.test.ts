import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedDate, typedTime } from './typed';

const TODAY = '2026-02-24';

test('a date is read as people write it', () => {
  const cases: [string, string | undefined][] = [
    ['24/2/2026', '2026-02-24'],
    ['2-3', '2026-03-02'],
    ['2.3.26', '2026-03-02'],
    ['2 maart', '2026-03-02'],
    ['2 mrt 2027', '2027-03-02'],
    ['dinsdag 24 februari', '2026-02-24'],
    ['24feb', '2026-02-24'],
    ['24 feb. 2026', '2026-02-24'],
    ['2 March 2026', '2026-03-02'],
    ['2026-02-24', '2026-02-24'],
    ['gisteren', '2026-02-23'],
    ['Vandaag', '2026-02-24'],
    ['yesterday', '2026-02-23'],
    ['3 november', '2025-11-03'],
    ['31/2', undefined],
    ['morgen of zo', undefined],
    ['', undefined],
  ];
  for (const [text, day] of cases) assert.equal(typedDate(text, TODAY), day, text);
});

test('a time is read as people write it', () => {
  const cases: [string, string | undefined][] = [
    ['9.12', '09:12'],
    ['9:12', '09:12'],
    ['9u12', '09:12'],
    ['0912', '09:12'],
    ['9 uur', '09:00'],
    ['16.41 uur', '16:41'],
    ['24.00', undefined],
    ['9.60', undefined],
    ['later', undefined],
  ];
  for (const [text, time] of cases) assert.equal(typedTime(text), time, text);
});
