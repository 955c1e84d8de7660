import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partsOf, textOf } from './wording';

test('the first paragraph is the question, the rest says more, a heading is neither', () => {
  const text =
    '# Nieuwsbrief\n\nMogen we u **elke maand**\nonze nieuwsbrief sturen?\n\nVia Postduif.\n\nStoppen kan altijd.\n';
  assert.deepEqual(partsOf(text), {
    heading: 'Nieuwsbrief',
    question: 'Mogen we u elke maand onze nieuwsbrief sturen?',
    rest: 'Via Postduif.\n\nStoppen kan altijd.',
  });
  assert.deepEqual(partsOf('Mag het?'), { heading: '', question: 'Mag het?', rest: '' });
  assert.deepEqual(partsOf(''), { heading: '', question: '', rest: '' });
});

test('what is put together comes apart the same', () => {
  for (const parts of [
    { heading: '', question: 'Mag het?', rest: '' },
    { heading: 'Foto', question: 'Mag het?', rest: 'Op de website.\n\nStoppen kan.' },
  ])
    assert.deepEqual(partsOf(textOf(parts)), parts);
});
