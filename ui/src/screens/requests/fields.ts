/** What people call a field of a form: `email.2` is the second e-mail address, `address.city` a part of the address. Pure. */
import { t } from '../../lib/i18n';

export function titleOf(key: string): string {
  const [field = key, ...rest] = key.split('.');
  const nth = rest.find((part) => /^\d+$/.test(part));
  const part = rest.find((one) => !/^\d+$/.test(one));
  const parts: Readonly<Record<string, string>> = t.imports.meanings.fields;
  const known: Readonly<Record<string, string>> = t.names.fields;
  const title = (part && parts[`${field}.${part}`]) || known[field] || field.replaceAll('_', ' ');
  return nth && nth !== '1' ? `${title} (${nth})` : title;
}
