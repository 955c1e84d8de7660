import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAfter } from './moment';

test('what was told goes by when it was told, not by when it is noted', () => {
  const due = '2026-03-30T10:00:00+02:00';
  for (const [on, after] of [
    ['2026-03-30T09:59', false],
    ['2026-03-30T10:00', false],
    ['2026-03-30T10:01', true],
    ['2026-03-29', false],
    ['2026-03-30', false],
    ['2026-03-31', true],
  ] as const) {
    assert.equal(isAfter(on, due), after, on);
  }
});
