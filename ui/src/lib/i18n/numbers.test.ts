import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localeOf } from './locale';
import { number, share, size } from './numbers';

const nl = localeOf('nl');
const en = localeOf('en');

test('figures have the points of the language', () => {
  assert.equal(number(2418, nl), '2.418');
  assert.equal(number(2418, en), '2,418');
  assert.equal(number(100_000, localeOf('nl', 'NL')), '100.000');
});

test('a share is whole, and never all or nothing when it is not', () => {
  assert.equal(share(1284, 2418, nl), '53%');
  assert.equal(share(2417, 2418, nl), '99%');
  assert.equal(share(1, 2418, nl), '1%');
  assert.equal(share(0, 2418, nl), '0%');
  assert.equal(share(5, 5, nl), '100%');
  assert.equal(share(0, 0, nl), '0%');
});

test('sizes are rounded to what people remember', () => {
  assert.equal(size(3_420_000, nl), '3,4 MB');
  assert.equal(size(12_300, en), '12 kB');
});
