import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PurposeShown } from '../../lib/bindings';
import { choosable, lastDay, lastings, questionsOf, untilOf, waysOf } from './questions';

function purpose(key: string, more: Partial<PurposeShown> = {}): PurposeShown {
  const wording = (language: string, text: string) => ({ language, text, sha256: '' });
  return {
    key,
    title: key,
    short: key,
    basis: 'consent',
    marketing: false,
    channels: ['email', 'sms', 'in_person'],
    label: '',
    retention: '',
    share: [],
    builtin: false,
    soft_opt_in: false,
    special: false,
    versions: [
      { version: 1, since: '2026-01-01', material: false, wordings: [wording('nl', 'Oud?'), wording('fr', 'Vieux ?')] },
      { version: 2, since: '2026-02-01', material: false, wordings: [wording('nl', 'Nieuw?\n\nMeer.')] },
    ],
    ...more,
  };
}

test('the words are those of the day and of the person, else of the business', () => {
  const all = [purpose('news'), purpose('bills', { basis: 'contract' }), purpose('empty', { versions: [] })];
  const on = (day: string, ...languages: string[]) =>
    questionsOf(all, languages, day).map(({ key, question, rest, language }) => [key, question, rest, language]);
  assert.deepEqual(on('2026-01-31', 'fr', 'nl'), [['news', 'Vieux ?', '', 'fr']]);
  assert.deepEqual(on('2026-02-01', 'fr', 'nl'), [['news', 'Nieuw?', 'Meer.', 'nl']]);
});

test('ways are asked where there is a choice', () => {
  const asked = questionsOf(
    [purpose('news'), purpose('photos', { channels: ['in_person'] }), purpose('post', { channels: ['post'] })],
    ['nl'],
    '2026-02-01',
  );
  assert.deepEqual(asked.map(choosable), [['email', 'sms'], [], []]);
  assert.deepEqual(waysOf(asked), ['email', 'sms']);
});

test('nobody is held longer than the wording says', () => {
  const [two, open] = questionsOf([purpose('news', { retention: 'P2Y' }), purpose('tips')], ['nl'], '2026-02-01');
  assert.ok(two && open);
  assert.deepEqual(lastings([two]), { months: [12], longest: 24 });
  assert.deepEqual(lastings([two, open]), { months: [12, 24, 60], longest: undefined });
  assert.equal(untilOf(two, '2026-02-24', 12), '2027-02-23');
  assert.equal(untilOf(two, '2026-02-24', 60), null);
  assert.equal(untilOf(open, '2026-02-24', undefined), null);
});

test('a month that is too short ends on its last day', () => {
  assert.equal(lastDay('2024-02-29', 12), '2025-02-27');
  assert.equal(lastDay('2026-03-01', 12), '2027-02-28');
});
