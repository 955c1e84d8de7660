import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepped } from './zoom';

test('each press is a step, and the ends stay', () => {
  assert.equal(stepped(100, true), 110);
  assert.equal(stepped(100, false), 90);
  assert.equal(stepped(130, true), 150);
  assert.equal(stepped(130, false), 125);
  assert.equal(stepped(200, true), 200);
  assert.equal(stepped(80, false), 80);
});
