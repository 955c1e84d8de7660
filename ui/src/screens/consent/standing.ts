/** Where it stands with somebody: a sign, a word and a colour that always go together. */
import type { How, Stander } from '../../lib/api';
import type { IconName } from '../../lib/design/icons';
import { looks } from '../../lib/design/looks';
import { say, t } from '../../lib/i18n';
import { addDays, daysBetween } from '../../lib/i18n/dates';

export interface Where {
  readonly icon: IconName;
  readonly tone: 'ok' | 'warn' | 'bad' | 'off';
  readonly word: string;
}

/** After so many days without an answer it is said how long it takes. */
const LONG = 14;

/** The drawing of the way in which it came. */
const WAYS: Partial<Record<How, IconName>> = { email: 'mail', letter: 'mailbox', phone: 'phone' };

/** The version in force and the day that is looked at. */
export function whereOf(row: Stander, version: number, on: string): Where {
  const words = t.consents.where;
  const look = looks[row.status];
  const so = (word: string, tone = look.tone, icon = look.icon): Where => ({ icon, tone, word });
  switch (row.status) {
    case 'asked': {
      const days = row.since ? daysBetween(row.since, on) : 0;
      if (days > LONG) return so(words.long(say.number(days)), 'warn', 'clock');
      const way = WAYS[row.how as How] ?? look.icon;
      return so(row.how === 'letter' ? words.underway : words.noAnswer, 'off', way);
    }
    case 'given':
      if (row.version !== null && row.version < version) return so(words.older(row.version), 'warn', 'history');
      return so(row.expires ? words.until(say.shortDate(addDays(row.expires, -1))) : words.open);
    case 'expired':
      return so(row.wording_changed ? words.reworded : words.over);
    case 'awaiting_confirmation':
    case 'refused':
    case 'withdrawn':
    case 'not_asked':
      return so(t.common.status[row.status]);
  }
}
