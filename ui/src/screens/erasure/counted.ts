/** How much goes with somebody, in words. Pure. */
import { say, t } from '../../lib/i18n';
import { listed } from '../contact/list';

/** "2 e-mailadressen, 4 antwoorden en 12 regels geschiedenis". */
export function countedOf(destroyed: Readonly<Record<string, number>>): string {
  const words = Object.entries(t.erasure.counts).flatMap(([kind, said]) => {
    const count = destroyed[kind] ?? 0;
    return count > 0 ? [said(say.number(count), count)] : [];
  });
  return listed(words);
}
