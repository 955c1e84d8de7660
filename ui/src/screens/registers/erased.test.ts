import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BlockedEntry, ErasureCertificate } from '../../lib/api';
import { eachErased } from './erased';

const certificate = (id: string, blocked: number): ErasureCertificate => ({
  id,
  vault: 'v',
  on: '2026-03-02',
  ground: 'request',
  request: null,
  held_until: null,
  destroyed: {},
  recipients: [],
  blocked,
  replayed: false,
  entry: 7,
  head: '',
});
const entry = (erasure: string, kind: BlockedEntry['kind']): BlockedEntry => ({
  erasure,
  kind,
  since: '2026-03-02T09:00:00+01:00',
});

test('everybody who was erased is there, also whoever nothing is on the list of', () => {
  const all = eachErased(
    [certificate('known', 3), certificate('nothing', 0), certificate('again', 1)],
    [entry('known', 'name_postcode'), entry('known', 'email'), entry('known', 'email')],
  );
  assert.deepEqual(
    all.map((one) => [one.erasure, one.since, one.allowed, one.kinds]),
    [
      [
        'known',
        '2026-03-02T09:00:00+01:00',
        false,
        [
          ['email', 2],
          ['name_postcode', 1],
        ],
      ],
      ['nothing', '2026-03-02', false, []],
      ['again', '2026-03-02', true, []],
    ],
  );
});
