/** A contact's data as rows to read and to edit. Pure: what each edit changes. */
import type { AddressShown, Change, ContactShown, FieldShown } from '../../lib/api';
import { say, t } from '../../lib/i18n';

/** One thing to fill in. */
export interface Part {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly kind: 'text' | 'long' | 'date' | 'number' | 'choice' | 'language' | 'email' | 'tel';
  /** Of a choice, what may be chosen. */
  readonly choices?: readonly string[];
}

/** A row of the data. */
export interface DataRow {
  /** Unlike every other row's. */
  readonly id: string;
  readonly label: string;
  /** What is read; each line by itself. Empty for what is not filled in. */
  readonly lines: readonly string[];
  /** Behind the value, in grey. */
  readonly note: string;
  readonly sensitivity: 'none' | 'low' | 'high';
  readonly parts: readonly Part[];
  readonly hint?: string;
  /** What makes it say the new values. */
  readonly write: (values: Readonly<Record<string, string>>) => Change[];
  /** What takes it away; for what repeats. */
  readonly drop?: Change[];
}

const NAME = ['prefix', 'given', 'middle', 'family', 'suffix', 'nickname'] as const;
const PARTS = ['street', 'extended', 'po_box', 'postal_code', 'city', 'region', 'country', 'label'] as const;

const change = (field: string, how: Change['how'], value: string): Change => ({ field, how, value });

/** The rows, in the order of the fields; those that are not filled in too. */
export function rowsOf(shown: ContactShown, fields: readonly FieldShown[]): DataRow[] {
  const rows: DataRow[] = [];
  for (const field of fields) {
    if (field.key === 'given') rows.push(nameRow(shown, field));
    else if ((NAME as readonly string[]).includes(field.key)) continue;
    else if (field.key === 'email') rows.push(...addressLike(field, 'email', shown.fields.emails));
    else if (field.key === 'phone') rows.push(...addressLike(field, 'tel', shown.fields.phones));
    else if (field.key === 'website') rows.push(...addressLike(field, 'text', shown.fields.websites));
    else if (field.key === 'address') rows.push(...postal(field, shown.fields.addresses));
    else rows.push(single(shown, field));
  }
  return rows;
}

/** What people call a field. */
export function fieldName(field: FieldShown): string {
  const names: Readonly<Record<string, string>> = t.names.fields;
  return field.own ? field.title : (names[field.key] ?? field.title);
}

function text(shown: ContactShown, key: string): string {
  const value = shown.fields[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function level(field: FieldShown): DataRow['sensitivity'] {
  return field.sensitivity === 'high' ? 'high' : field.sensitivity === 'low' ? 'low' : 'none';
}

function nameRow(shown: ContactShown, field: FieldShown): DataRow {
  const parts = NAME.map((key) => ({
    key,
    label: t.names.fields[key],
    value: text(shown, key),
    kind: 'text' as const,
  }));
  const full = parts.filter((part) => part.key !== 'nickname' && part.value).map((part) => part.value);
  return {
    id: 'name',
    label: t.contact.data.name,
    lines: full.length ? [full.join(' ')] : [],
    note: text(shown, 'nickname'),
    sensitivity: level(field),
    parts,
    write: (values) => setEach(parts, values, ''),
  };
}

/** Sets what is another than before. */
function setEach(parts: readonly Part[], values: Readonly<Record<string, string>>, prefix: string): Change[] {
  const other = parts.filter((part) => (values[part.key] ?? '').trim() !== part.value);
  return other.map((part) => change(prefix + part.key, 'set', (values[part.key] ?? '').trim()));
}

function single(shown: ContactShown, field: FieldShown): DataRow {
  const value = field.key === 'labels' ? shown.fields.labels.join(', ') : text(shown, field.key);
  const kind = kindOf(field);
  const choices = kind === 'choice' && { choices: field.choices };
  const parts = [{ key: field.key, label: fieldName(field), value, kind, ...choices }];
  return {
    id: field.key,
    label: fieldName(field),
    lines: value ? said(kind, value) : [],
    note: '',
    sensitivity: level(field),
    parts,
    ...(field.key === 'labels' && { hint: t.contact.data.labelsHint }),
    ...(field.key === 'birthday' && { hint: t.contact.data.birthdayHint }),
    write: (values) => setEach(parts, values, ''),
  };
}

function kindOf(field: FieldShown): Part['kind'] {
  if (field.key === 'notes') return 'long';
  if (field.key === 'language') return 'language';
  if (field.key === 'birthday' || field.type === 'date') return 'date';
  return field.type === 'number' || field.type === 'choice' ? field.type : 'text';
}

/** A value as people read it. */
function said(kind: Part['kind'], value: string): string[] {
  if (kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(value)) return [say.longDate(value)];
  if (kind === 'date' && /^--\d\d-\d\d$/.test(value)) return [say.everyYear(value)];
  if (kind === 'number') return [Number.isFinite(Number(value)) ? say.number(Number(value)) : value];
  if (kind === 'language') return [t.common.language[value as keyof typeof t.common.language] ?? value];
  return value.split('\n');
}

/** E-mail addresses, numbers and web pages: each its own row, and a last one to add another. */
function addressLike(
  field: FieldShown,
  kind: 'email' | 'tel' | 'text',
  values: readonly { value: string; label: string; provenance: string }[],
): DataRow[] {
  const row = (value: string, note: string, at: number): DataRow => ({
    id: `${field.key}.${String(at)}`,
    label: fieldName(field),
    lines: value ? [value] : [],
    note,
    sensitivity: level(field),
    parts: [{ key: field.key, label: fieldName(field), value, kind }],
    write: (given) => replaced(field.key, at, value, (given[field.key] ?? '').trim()),
    ...(value && { drop: [change(field.key, 'remove', value)] }),
  });
  const rows = values.map((one, at) => row(one.value, noteOf(one), at + 1));
  return [...rows, row('', '', values.length + 1)];
}

function noteOf(one: { label?: string; provenance: string }): string {
  const came = t.contact.data.provenance[one.provenance] ?? '';
  return [t.names.labels[one.label?.toLowerCase() ?? ''] ?? one.label, came].filter(Boolean).join(', ');
}

/** One value of several in place of another; it keeps its place and what it is for. */
function replaced(field: string, at: number, old: string, value: string): Change[] {
  if (value === old) return [];
  if (!old) return [change(field, 'add', value)];
  if (!value) return [change(field, 'remove', old)];
  return [change(`${field}.${String(at)}`, 'set', value)];
}

function postal(field: FieldShown, values: readonly AddressShown[]): DataRow[] {
  const row = (one: AddressShown | undefined, at: number): DataRow => {
    const parts = PARTS.map((key) => ({
      key,
      label: t.contact.data.parts[key],
      value: one?.[key] ?? '',
      kind: key === 'street' ? ('long' as const) : ('text' as const),
    }));
    const place = `address.${String(at)}`;
    return {
      id: place,
      label: fieldName(field),
      lines: one ? addressLines(one) : [],
      note: one ? noteOf(one) : '',
      sensitivity: level(field),
      parts,
      write: (given) => setEach(parts, given, `${place}.`),
      ...(one && { drop: [change(place, 'remove', '')] }),
    };
  };
  return [...values.map((one, at) => row(one, at + 1)), row(undefined, values.length + 1)];
}

/** An address as it stands on an envelope. */
export function addressLines(one: AddressShown): string[] {
  const town = [one.postal_code, one.city].filter(Boolean).join(' ');
  const street = [one.street, one.extended].filter(Boolean).join(' ');
  const countries: Readonly<Record<string, string>> = t.names.countries;
  const country = countries[one.country?.toUpperCase() ?? ''] ?? one.country ?? '';
  return [...street.split('\n'), one.po_box ?? '', town, one.region ?? '', country].filter(Boolean);
}
