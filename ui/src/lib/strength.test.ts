import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strength } from './strength';

test('what everybody takes is weak, a few own words are strong', () => {
  const cases: [string, ReturnType<typeof strength>][] = [
    ['', 'none'],
    ['kort', 'short'],
    ['wachtwoord123', 'weak'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['fietsenmaker', 'weak'],
    ['Welkom2026', 'weak'],
    ['ketting kroon regen', 'fair'],
    ['een fiets is geen auto', 'strong'],
    ['ketting kroon regen dinsdag', 'strong'],
    ['k9#Vq!7rTz&2', 'strong'],
  ];
  for (const [typed, level] of cases) assert.equal(strength(typed), level, typed);
});
