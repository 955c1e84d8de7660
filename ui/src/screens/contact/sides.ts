/** Two contacts field by field, and what of them can no longer be seen once they are one. Pure. */
import type { ContactShown, FieldShown } from '../../lib/api';
import { t } from '../../lib/i18n';
import { rowsOf, type DataRow } from './fields';
import { cameOf } from './sources';

export interface SideRow {
  readonly label: string;
  /** Of each of the two, in the order given. */
  readonly sides: readonly {
    readonly values: readonly string[];
    /** Only the kept one gives such a value, and it has another or none. */
    readonly goes: boolean;
  }[];
}

/** Rows that repeat, of which both give what they have. */
const BOTH = /^(labels$|(email|phone|address|website)\.)/;

/** What a row says; a nickname is said with the name. */
const wordsOf = (row: DataRow) => [...row.lines, ...(row.id === 'name' && row.note ? [row.note] : [])].join(', ');

/** The rows that either has; `keep` is the one that gives its name and all that there can be one of. */
export function sidesOf(two: readonly ContactShown[], fields: readonly FieldShown[], keep: string): SideRow[] {
  // A name that is no longer than what stands above the column says nothing more.
  const says = (row: DataRow, one: ContactShown) =>
    row.id === 'name' ? row.note !== '' || (row.lines[0] ?? one.name) !== one.name : row.lines.length > 0;
  const filled = two.map((one) => rowsOf(one, fields).filter((row) => says(row, one)));
  const labels = [...new Set(filled.flat().map((row) => row.label))];
  const rows = labels.map((label) => {
    const own = filled.map((rows) => rows.filter((row) => row.label === label));
    const values = own.map((rows) => rows.map(wordsOf));
    const kept = values[two.findIndex((one) => one.id === keep)] ?? [];
    const single = !own.flat().some((row) => BOTH.test(row.id));
    const goes = (at: number) => single && two[at]?.id !== keep && values[at]?.join() !== kept.join();
    return { label, sides: values.map((each, at) => ({ values: each, goes: each.length > 0 && goes(at) })) };
  });
  const came = two.map((one) => ({ values: cameOf(one.sources).map((source) => source.text), goes: false }));
  return came.some((side) => side.values.length) ? [...rows, { label: t.duplicates.came, sides: came }] : rows;
}
