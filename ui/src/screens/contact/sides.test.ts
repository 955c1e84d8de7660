import assert from 'node:assert/strict';
import test from 'node:test';
import type { ContactShown, FieldShown } from '../../lib/api';
import { sidesOf } from './sides';

const shown = (id: string, fields: Record<string, string>, emails: string[]) =>
  ({
    id,
    name: id,
    sources: [],
    fields: {
      ...fields,
      emails: emails.map((value) => ({ value, normalised: value, label: '', provenance: 'provided' })),
      phones: [],
      addresses: [],
      websites: [],
      labels: [],
    },
  }) as unknown as ContactShown;

const field = (key: string) => ({ key, title: key, own: false, type: 'text', sensitivity: 'none' }) as FieldShown;

test('what only one of two can give is struck on the side that does not stay, and what repeats is not', () => {
  const fields = ['given', 'email', 'birthday', 'job_title'].map(field);
  const an = shown('An', { given: 'An', job_title: 'Chef' }, ['an@example.be']);
  const ann = shown('Ann', { given: 'Ann', birthday: '1980-02-03', job_title: 'Chef' }, ['ann@example.be']);
  const struck = (keep: string) =>
    sidesOf([an, ann], fields, keep).map((row) => [row.label, ...row.sides.map((side) => side.goes)]);
  assert.deepEqual(struck('An'), [
    ['E-mail', false, false],
    ['Functie', false, false],
    ['Geboren', false, true],
  ]);
  assert.deepEqual(struck('Ann')[2], ['Geboren', false, false]);
  const titled = sidesOf([shown('Dr. An', { prefix: 'Dr.', given: 'An' }, []), { ...an, name: 'An' }], fields, 'an');
  assert.equal(
    titled.some((row) => row.label === 'Naam'),
    false,
    'the name stands above',
  );
});
