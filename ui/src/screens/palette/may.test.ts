import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContactChannel, PurposeShown, Reason } from '../../lib/api';
import { askedAbout, lookOf, withoutPurposes } from './may';

const purpose = (key: string, title: string, short = '', builtin = false) =>
  ({ key, title, short, builtin, versions: [{}] }) as unknown as PurposeShown;
const all = [
  purpose('news', 'Nieuwsbrief'),
  purpose('service', 'Onderhoudsherinnering', 'Onderhoud'),
  purpose('rights', 'Rechten', '', true),
];
const keys = (typed: string) => askedAbout(all, typed).map((one) => one.key);

test('what names a purpose asks about it, and else all are asked about', () => {
  assert.deepEqual(keys('anne'), ['news', 'service']);
  assert.deepEqual(keys('anne nieuws'), ['news']);
  assert.deepEqual(keys('onder anne'), ['service']);
  assert.deepEqual(keys('anne ni'), ['news', 'service']);
  assert.deepEqual(keys('rechten'), ['news', 'service']);
});

test('who is meant is what names no purpose', () => {
  assert.equal(withoutPurposes(all, 'Anne Nieuws'), 'anne');
  assert.equal(withoutPurposes(all, 'anne van'), 'anne van');
  assert.equal(withoutPurposes(all, 'nieuwsbrief'), '');
});

test('somebody who was not asked yet is no refusal', () => {
  const [news] = all as [PurposeShown, ...PurposeShown[]];
  const tone = (channels: ContactChannel[], reason: Reason | null) =>
    lookOf({ ...news, channels: ['email', 'phone'] }, [{ purpose: 'news', title: '', short: '', channels, reason }])
      .tone;
  assert.equal(tone(['phone', 'in_person'], null), 'ok');
  assert.equal(tone(['in_person'], null), 'quiet');
  assert.equal(tone([], 'not_asked'), 'off');
  assert.equal(tone([], 'refused'), 'quiet');
});
