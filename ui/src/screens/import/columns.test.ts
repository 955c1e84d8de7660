import assert from 'node:assert/strict';
import { test } from 'node:test';
import { called } from './columns';

test('what a card holds is said in words, and the columns of a table as they are called there', () => {
  const cards = ['N given', 'EMAIL', 'TEL 2', 'ADR street', 'ADR 2 postal code', 'URL type', 'PHOTO', 'X-EIGEN'];
  const words = ['Voornaam', 'E-mail', 'Telefoon 2', 'Adres, straat', 'Adres 2, postcode', 'Website, soort', 'Foto'];
  assert.deepEqual(
    cards.map((header) => called(header, 'vcard')),
    [...words, 'X-EIGEN'],
  );
  assert.equal(called('PHOTO', 'csv'), 'PHOTO');
});
