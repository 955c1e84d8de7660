import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choicesIn, renamedIn } from './choices';

test('each line is a choice, and an empty one is none', () => {
  assert.deepEqual(choicesIn(' Rood \r\n\n  \nBlauw, licht\n'), ['Rood', 'Blauw, licht']);
  assert.deepEqual(choicesIn(' \n'), []);
});

test('another text takes the place of one choice and of no other', () => {
  assert.equal(renamedIn(' Rood \nRoodbruin\n\nBlauw', 'Rood', 'Karmijn'), 'Karmijn\nRoodbruin\n\nBlauw');
});
