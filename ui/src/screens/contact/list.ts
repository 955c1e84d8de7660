/** Several things in one sentence: "e-mail, sms en post". */
import { t } from '../../lib/i18n';

export function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${t.contact.and} ${words.at(-1) ?? ''}`;
}

/** The word by which to call somebody in running text: the first name, else the whole name. */
export function calledName(shown: { kind: string; name: string; fields: Readonly<Record<string, unknown>> }): string {
  const { given, nickname } = shown.fields;
  const first = [nickname, given].find((name): name is string => typeof name === 'string' && name !== '');
  return (shown.kind === 'organisation' ? undefined : first) ?? (shown.name || t.common.unnamed);
}
