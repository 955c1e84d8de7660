import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grouped, signs, stranger } from './code';

test('a code is read in any case and with any separators', () => {
  assert.equal(signs('k7qm2 – hxt9r\nol i'), 'K7QM2HXT9R011');
  assert.equal(grouped('k7qm2hxt9r4'), 'K7QM2-HXT9R-4');
  assert.equal(grouped('K7QM2-HXT9R-'), 'K7QM2-HXT9R');
  assert.equal(grouped(''), '');
});

test('a sign that is in no code is named', () => {
  assert.equal(stranger('K7QM2-U'), 'U');
  assert.equal(stranger('é'), 'É');
  assert.equal(stranger('0123456789abcdefghjkmnpqrstvwxyz oil'), undefined);
});
