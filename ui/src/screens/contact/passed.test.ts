import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Disclosure } from '../../lib/api';
import { passedOn } from './passed';

test('what went is summed up for each connection, the latest first', () => {
  const went = (connection: string, at: string, fields: string[]): Disclosure => ({
    disclosure: at,
    connection,
    title: connection.toUpperCase(),
    eea: true,
    at,
    fields,
  });
  const all = [went('post', '2026-01-01', ['given']), went('book', '2026-01-02', ['phone'])];
  assert.deepEqual(passedOn([...all, went('post', '2026-01-03', ['given', 'email'])]), [
    { connection: 'post', title: 'POST', times: 2, last: '2026-01-03', fields: ['given', 'email'] },
    { connection: 'book', title: 'BOOK', times: 1, last: '2026-01-02', fields: ['phone'] },
  ]);
  assert.deepEqual(passedOn([]), []);
});
