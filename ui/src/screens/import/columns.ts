/** What the columns of a file are called where people read them: a card names what it holds by a code. */
import type { ColumnShown } from '../../lib/api';
import { t } from '../../lib/i18n';

/** As a card writes it: "ADR 2 street", "TEL type". */
const CODED = /^(EMAIL|TEL|URL|ADR)(?: (\d+))?(?: (.+))?$/;

export function called(header: string, format: string | undefined): string {
  if (format !== 'vcard') return header;
  const { cards, cardParts } = t.imports;
  const whole = cards[header];
  if (whole) return whole;
  const [, name = '', number, part] = CODED.exec(header) ?? [];
  const base = cards[name];
  if (!base) return header;
  const numbered = number ? `${base} ${number}` : base;
  return part ? `${numbered}, ${cardParts[part] ?? part}` : numbered;
}

/** What a value is called goes with the value. */
const BESIDE = ['email_label', 'email_type', 'phone_label', 'website_label', 'address_label', 'other_label'];

export function worthShowing(column: ColumnShown): boolean {
  return column.filled > 0 && !BESIDE.includes(column.field ?? '');
}

/** Stays out unless it is ticked. */
export function shy(column: ColumnShown): boolean {
  return column.why !== null && column.why !== 'unticked';
}

/** What a column may be made into, as people look for it. */
export const FIELDS = {
  name: ['name', 'given', 'middle', 'family', 'prefix', 'suffix', 'nickname'],
  reach: ['email', 'phone', 'website'],
  place: [
    'address.street',
    'address.postal_code',
    'address.city',
    'address.extended',
    'address.po_box',
    'address.region',
    'address.country',
    'address',
  ],
  about: ['organisation', 'job_title', 'birthday', 'language', 'labels', 'notes'],
} as const;

/** What a column is made into by what somebody said, now or before: its name does not tell it. */
export function madeInto(column: ColumnShown, said: boolean): string | undefined {
  if (!said || !column.kept || !column.said) return undefined;
  const w = t.imports.meanings;
  const name = column.said === 'own.new' ? w.ownField : fieldName(column.said).toLocaleLowerCase();
  return name === column.header.toLocaleLowerCase() ? undefined : w.into(name);
}

/** What people call what a column is made into. */
export function fieldName(field: string): string {
  const { fields } = t.imports.meanings;
  const names: Readonly<Record<string, string>> = t.names.fields;
  return fields[field] ?? names[field] ?? field;
}
