/** What a connection receives, as people call it. Pure. */
import type { Connection, FieldShown, Sensitivity } from '../../lib/api';
import { t } from '../../lib/i18n';

/** A first name alone is no name: these are one thing to whoever chooses. */
export const NAME = ['prefix', 'given', 'middle', 'family', 'suffix', 'nickname'] as const;

/** A kind of data that can be chosen, with the keys that it stands for. */
export interface Sort {
  readonly label: string;
  readonly keys: readonly string[];
  readonly sensitivity: Sensitivity;
}

/** What can go to a connection, in the order of the fields; the parts of a name are one. */
export function sortsOf(fields: readonly FieldShown[]): Sort[] {
  const parts = fields.filter((field) => isPart(field.key));
  const names: Readonly<Record<string, string>> = t.names.fields;
  const others = fields
    .filter((field) => !isPart(field.key))
    .map((field) => ({
      label: field.own ? field.title : (names[field.key] ?? field.title),
      keys: [field.key],
      sensitivity: field.sensitivity as Sensitivity,
    }));
  const name = { label: t.names.fields.name, keys: parts.map((part) => part.key), sensitivity: highest(parts) };
  return parts.length ? [name, ...others] : others;
}

/** Those of them that a connection receives. */
export function receivedBy(connection: Connection, sorts: readonly Sort[]): Sort[] {
  const keys = connection.fields.map((field) => field.key);
  return sorts.filter((sort) => sort.keys.some((key) => keys.includes(key)));
}

/** Of how many people one of these goes. */
export function countOf(sort: Sort, counts: Readonly<Record<string, number>>): number {
  return Math.max(0, ...sort.keys.map((key) => counts[key] ?? 0));
}

function isPart(key: string): boolean {
  return (NAME as readonly string[]).includes(key);
}

function highest(fields: readonly FieldShown[]): Sensitivity {
  const levels = ['high', 'low'] as const;
  return levels.find((level) => fields.some((field) => field.sensitivity === level)) ?? 'none';
}
