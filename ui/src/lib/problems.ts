/** The one table that says how each refusal looks: how bad it is, and in words what happened, what is safe, what to do. */
import { say, t } from './i18n';
import { fileName } from './paths';
import type { Refused } from './refused';

export interface Problem {
  /** A refusal by rule is a warning with a way forward; an error is something that should not be. */
  readonly severity: 'warning' | 'error';
  readonly happened: string;
  readonly safe: string;
  readonly action: string;
}

/** What should not be. All else is a rule that says no, or something to look at again. */
const ERRORS: ReadonlySet<string> = new Set([
  'vault_missing',
  'vault_truncated',
  'vault_damaged',
  'vault_mismatch',
  'vault_rolled_back',
  'settings_damaged',
  'backup_damaged',
  'slots_lost',
  'unwritable',
  'disk_full',
  'system',
  'database',
  'unknown',
]);

/** A refusal in words, in the language of the moment. */
export function problem(refused: Refused): Problem {
  const [happened, safe, action] = row(refused).map((template) => fill(template, refused));
  return {
    severity: ERRORS.has(refused.code) || !(refused.code in t.problems.codes) ? 'error' : 'warning',
    happened: happened ?? '',
    safe: safe ?? '',
    action: action ?? '',
  };
}

/** What happened and what to do, in one line: for beside a field. */
export function inShort(refused: Refused): string {
  const { happened, action } = problem(refused);
  return `${happened} ${action}`;
}

function row(refused: Refused): readonly string[] {
  const { codes, whys } = t.problems;
  const why = special(refused);
  if (why in whys) return whys[why as keyof typeof whys];
  return codes[refused.code in codes ? (refused.code as keyof typeof codes) : 'unknown'];
}

function special(refused: Refused): string {
  const why = refused.fact('why');
  if (refused.code === 'unreadable' && why === 'empty') return 'empty_file';
  if (refused.code === 'duplicate' && refused.fact('field') === 'key') return 'field_taken';
  return why;
}

/** Puts facts in the places that name them, each place once: what somebody typed is never taken for a place itself. */
function fill(template: string, refused: Refused): string {
  return template.replaceAll(/\{([a-z]+)(?::(\w+))?\}/g, (place, fact: string, how?: string) => {
    const value = refused.fact(fact);
    if (how) return named(value, how);
    if (['on', 'earliest', 'last', 'since'].includes(fact) && /^\d{4}-\d\d-\d\d/.test(value)) return say.day(value);
    if (fact === 'file') return fileName(value) || t.problems.someone.file;
    if (fact === 'by') return value || t.problems.someone.by;
    return value || place;
  });
}

/** What people call a field: `name` in a sentence, `Name` to begin one, `this` for "the same …". */
function named(key: string, how: string): string {
  const fields: Readonly<Record<string, string>> = t.names.fields;
  const title = fields[key] ?? fields[key.replace(/e?s$/, '')] ?? key.replaceAll('_', ' ');
  if (how === 'Name') return say.sentence(title);
  const inside = title.toLocaleLowerCase();
  return how === 'this' ? t.problems.thisField(inside) : inside;
}
