import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked } from './marked';

/** Brackets around what was found. */
function shown(text: string, query: string): string {
  return marked(text, query)
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('');
}

test('what was found is marked, whatever its accents and capitals', () => {
  assert.equal(shown('Annelies Van Cauwenberghe', 'anne van'), '[Anne]lies [Van] Cauwenberghe');
  assert.equal(shown('Anne-Catherine Lefèvre', 'lefev'), 'Anne-Catherine [Lefèv]re');
  assert.equal(shown('wimenanne@example.be', 'ANNE'), 'wimen[anne]@example.be');
  assert.equal(shown('Zoë 🙂 Peeters', 'peet'), 'Zoë 🙂 [Peet]ers');
  assert.equal(shown('Straße', 'strass'), 'Straße');
  assert.equal(shown('<img onerror=x>', 'x'), '<img onerror=[x]>');
  assert.equal(shown('Els', ''), 'Els');
  assert.deepEqual(marked('', 'x'), []);
});
