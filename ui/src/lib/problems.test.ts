import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { speak } from './i18n';
import { en } from './i18n/en';
import { nl } from './i18n/nl';
import { problem } from './problems';
import { Refused } from './refused';

const source = readFileSync('../crates/office/src/problem.rs', 'utf8');
const listed = source.slice(source.indexOf('\ncodes! {'), source.indexOf('\n}\n', source.indexOf('\ncodes! {')));
const codes = [...listed.matchAll(/^ {4}\w+ = "(\w+)",$/gm)].map((found) => found[1] ?? '');

function refused(code: string, facts: Record<string, unknown> = {}): Refused {
  return new Refused({ code, facts, details: '' });
}

test('every code of the office has its own sentences, in every language', () => {
  assert.ok(codes.length > 50, `only ${codes.length} codes were found`);
  for (const words of [nl, en]) {
    const known = words.problems.codes as Record<string, readonly string[]>;
    assert.deepEqual(
      codes.filter((code) => !(code in known)),
      [],
    );
    assert.deepEqual(
      Object.keys(known).filter((code) => code !== 'unknown' && !codes.includes(code)),
      [],
    );
    const happened = Object.values(known).map((told) => told[0]);
    assert.equal(new Set(happened).size, happened.length);
  }
});

test('every sentence ends, and none is left empty', () => {
  for (const words of [nl, en]) {
    const all = [...Object.values(words.problems.codes), ...Object.values(words.problems.whys)];
    for (const told of all) for (const part of told) assert.match(part, /[.]$/, told.join(' '));
  }
});

test('facts stand where the sentence names them, and what was typed is never a place', () => {
  speakHere('nl');
  assert.equal(
    problem(refused('taken', { given: '{by} {given}' })).happened,
    'Er is al iets met de naam ‘{by} {given}’.',
  );
  assert.equal(
    problem(refused('unreadable', { file: 'C:\\Users\\an\\klanten.csv' })).happened,
    'Het bestand klanten.csv kan niet gelezen worden.',
  );
  assert.equal(problem(refused('duplicate', { field: 'email' })).happened, 'Er is al iemand met dezelfde e-mail.');
  assert.equal(
    problem(refused('request_closed', { on: '2025-11-03' })).happened,
    'Dit verzoek is afgesloten op maandag 3 november 2025.',
  );
  assert.equal(
    problem(refused('vault_in_use', { by: '' })).happened,
    'De kluis is in gebruik door een ander programma.',
  );
});

test('a reason says more than its code, in both languages', () => {
  const empty = refused('invalid', { field: 'family', why: 'empty' });
  speakHere('nl');
  assert.equal(problem(empty).happened, 'Achternaam is nog leeg.');
  speakHere('en');
  assert.equal(problem(empty).happened, 'Last name is still empty.');
  assert.equal(problem(refused('no_such_code')).severity, 'error');
});

/** Outside a page there is no root to carry the language. */
function speakHere(language: 'nl' | 'en') {
  globalThis.document ??= { documentElement: {} } as Document;
  speak(language, 'BE', 'Europe/Brussels');
}
