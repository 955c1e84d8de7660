import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Explained, StepShown } from '../../lib/api';
import { turnTo } from '../../lib/today.svelte';
import { whyWords } from './why';

function explained(due: string, steps: StepShown[]): Explained {
  return { due, country: 'BE', rule: 'one_month', steps };
}

test('a date is explained step by step, with holidays by their name', () => {
  turnTo('2026-02-24');
  const why = '';
  const weekend = explained('2026-03-02', [
    { date: '2026-01-31', why, code: 'received' },
    { date: '2026-02-28', why, code: 'no_such_day', months: 1, from: '2026-01-31' },
    { date: '2026-02-28', why, code: 'saturday' },
    { date: '2026-03-01', why, code: 'sunday' },
    { date: '2026-03-02', why, code: 'next_working_day' },
  ]);
  assert.equal(
    whyWords(weekend),
    '31 januari plus één maand bestaat niet, dus 28 februari. Dat is een zaterdag, en dan telt de eerstvolgende werkdag: maandag 2 maart.',
  );
  const easter = explained('2026-04-07', [
    { date: '2026-03-06', why, code: 'received' },
    { date: '2026-04-06', why, code: 'months', months: 1, from: '2026-03-06' },
    { date: '2026-04-06', why, code: 'holiday', name: 'easter_monday' },
    { date: '2026-04-07', why, code: 'next_working_day' },
  ]);
  assert.equal(
    whyWords(easter),
    '6 maart plus één maand is 6 april. Dat is paasmaandag, en dan telt de eerstvolgende werkdag: dinsdag 7 april.',
  );
  const long = explained('2026-04-07', [
    { date: '2026-03-04', why, code: 'received' },
    { date: '2026-04-04', why, code: 'months', months: 1, from: '2026-03-04' },
    { date: '2026-04-04', why, code: 'saturday' },
    { date: '2026-04-05', why, code: 'sunday' },
    { date: '2026-04-06', why, code: 'holiday', name: 'easter_monday' },
    { date: '2026-04-07', why, code: 'next_working_day' },
  ]);
  assert.equal(
    whyWords(long),
    '4 maart plus één maand is 4 april. Dat is een zaterdag, en dan telt de eerstvolgende werkdag. 6 april is paasmaandag, dus dinsdag 7 april.',
  );
  const plain = explained('2026-03-10', [
    { date: '2026-02-05', why, code: 'received' },
    { date: '2026-03-05', why, code: 'months', months: 1, from: '2026-02-05' },
    { date: '2026-03-10', why, code: 'paused', days: 5 },
  ]);
  assert.equal(
    whyWords(plain),
    '5 februari plus één maand is 5 maart. Je wachtte 5 dagen op een bewijs van identiteit. Die komen erbij: 10 maart.',
  );
});
