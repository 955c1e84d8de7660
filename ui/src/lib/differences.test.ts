import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from './differences';

const marked = (before: string, after: string) =>
  differences(before, after)
    .map(({ text, how }) => (how === 'same' ? text : how === 'came' ? `[+${text}]` : `[-${text}]`))
    .join('');

test('words that came and went are marked, the rest stays', () => {
  assert.equal(
    marked('Mogen we u elke week onze nieuwsbrief sturen?', 'Mogen we u elke maand onze nieuwsbrief sturen?'),
    'Mogen we u elke [-week][+maand] onze nieuwsbrief sturen?',
  );
  assert.equal(
    marked('Mogen we u onze nieuwsbrief sturen?', 'Mogen we u onze nieuwsbrief sturen, met tips?'),
    'Mogen we u onze nieuwsbrief sturen[+, met tips]?',
  );
  assert.equal(marked('Zelfde.', 'Zelfde.'), 'Zelfde.');
  assert.equal(marked('', 'Nieuw'), '[+Nieuw]');
});

test('either text comes out whole', () => {
  const [before, after] = ['Een, twee drie vier; vijf', 'Twee drie, vier en vijf zes'];
  const pieces = differences(before, after);
  const only = (not: string) =>
    pieces
      .filter(({ how }) => how !== not)
      .map(({ text }) => text)
      .join('');
  assert.equal(only('came'), before);
  assert.equal(only('went'), after);
});
