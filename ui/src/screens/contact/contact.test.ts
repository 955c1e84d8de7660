import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContactShown, FieldShown, Moment } from '../../lib/api';
import { rowsOf } from './fields';
import { toldOf } from './moments';
import { asTyped, written } from './typed';

const field = (key: string, type = 'text', own = false): FieldShown => ({
  key,
  title: key,
  type,
  sensitivity: 'low',
  own,
  choices: type === 'choice' ? ['Rood', 'Blauw'] : [],
});
const shown = (fields: Partial<ContactShown['fields']>): ContactShown => ({
  id: 'a',
  kind: 'person',
  name: 'An',
  fields: { emails: [], phones: [], addresses: [], websites: [], labels: [], ...fields } as ContactShown['fields'],
  sources: [],
  consents: [],
  objections: [],
  requests: [],
  disclosures: [],
  restricted: false,
  restriction: null,
  informed: [],
  retention: {},
});
const email = (value: string) => ({ value, normalised: value, label: '', provenance: 'provided' });

test('each address is a row, and an empty one waits to be added', () => {
  const rows = rowsOf(shown({ emails: [email('a@x.be'), email('b@x.be')] }), [field('given'), field('email')]);
  assert.deepEqual(
    rows.map((row) => [row.id, row.lines.join()]),
    [
      ['name', ''],
      ['email.1', 'a@x.be'],
      ['email.2', 'b@x.be'],
      ['email.3', ''],
    ],
  );
});

test('an address is replaced in its place', () => {
  const [row] = rowsOf(shown({ emails: [email('a@x.be')] }), [field('email')]);
  assert.deepEqual(row?.write({ email: ' new@x.be ' }), [{ field: 'email.1', how: 'set', value: 'new@x.be' }]);
  assert.deepEqual(row?.write({ email: 'a@x.be' }), []);
  assert.deepEqual(row?.write({ email: '' }), [{ field: 'email', how: 'remove', value: 'a@x.be' }]);
});

test('only the parts of an address that are another are set', () => {
  const one = { street: 'Dorp 1', city: 'Gent', provenance: 'provided' };
  const [row] = rowsOf(shown({ addresses: [one] }), [field('address')]);
  assert.deepEqual(row?.write({ street: 'Dorp 1', city: 'Brugge' }), [
    { field: 'address.1.city', how: 'set', value: 'Brugge' },
  ]);
});

test('what is chosen is one of the choices, and nothing is one too', () => {
  const [row] = rowsOf(shown({ colour: 'Rood' }), [field('colour', 'choice', true)]);
  assert.deepEqual([row?.lines, row?.parts[0]?.kind, row?.parts[0]?.choices], [['Rood'], 'choice', ['Rood', 'Blauw']]);
  assert.deepEqual(row?.write({ colour: 'Blauw' }), [{ field: 'colour', how: 'set', value: 'Blauw' }]);
  assert.deepEqual(row?.write({ colour: '' }), [{ field: 'colour', how: 'set', value: '' }]);
});

test('a birthday lies in the past, and a number may have a comma', () => {
  const part = (key: string, kind: 'date' | 'number') => ({ key, kind, label: '', value: '' });
  const cases: [string, 'date' | 'number', string, string | undefined][] = [
    ['birthday', 'date', '14 juni 1984', '1984-06-14'],
    ['birthday', 'date', '14.6.1984', '1984-06-14'],
    ['birthday', 'date', '14/6/2030', undefined],
    ['birthday', 'date', '14/6/84', '1984-06-14'],
    ['birthday', 'date', '14/1/26', '2026-01-14'],
    ['birthday', 'date', '3 november', '--11-03'],
    ['birthday', 'date', '29 februari', '--02-29'],
    ['birthday', 'date', '--02-29', '--02-29'],
    ['birthday', 'date', '31/2', undefined],
    ['birthday', 'date', 'ooit', undefined],
    ['birthday', 'date', ' ', ''],
    ['size', 'number', '12,5', '12.5'],
    ['size', 'number', '1.234', '1234'],
    ['size', 'number', '1.234,50', '1234.5'],
    ['size', 'number', '12.5', '12.5'],
    ['size', 'number', '1.23.4', undefined],
    ['size', 'number', 'veel', undefined],
  ];
  for (const [key, kind, typed, value] of cases) {
    assert.equal(written(part(key, kind), typed, '2026-02-24'), value, typed);
  }
});

test('a birthday without its year is read and typed without it', () => {
  const [row] = rowsOf(shown({ birthday: '--02-29' }), [field('birthday', 'date')]);
  assert.deepEqual(row?.lines, ['29 februari']);
  assert.equal(row.parts[0] && asTyped(row.parts[0]), '29 februari');
});

test('answers of one conversation that say the same are one line, the latest first', () => {
  const event = (purpose: string, answer: string) => ({
    event: { purpose, answer, how: 'phone', happened_at: 1_740_000_000_000, by: 'Ilse' },
  });
  const moment = (seq: number, act: string, facts: unknown): Moment => ({
    seq,
    at: '2026-01-01T10:00:00+01:00',
    act,
    subject: null,
    facts: facts as Moment['facts'],
  });
  const told = toldOf(
    [
      moment(1, 'call_recorded', event('news', 'given')),
      moment(1, 'call_recorded', event('care', 'given')),
      moment(1, 'call_recorded', event('photos', 'refused')),
      moment(2, 'contact_set', { changed: ['email.1'], before: { emails: [email('a@x.be')] }, after: {} }),
    ],
    { purpose: (key) => key, sources: [] },
  );
  assert.deepEqual(
    told.map((one) => `${one.lead} ${one.what}${one.tail}|${one.second}`),
    [
      'Gewijzigd: e-mail|Was: a@x.be',
      'Nee tegen photos, aan de telefoon met Ilse|',
      'Ja tegen news en care, aan de telefoon met Ilse|',
    ],
  );
});
