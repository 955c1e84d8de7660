/** Today in one sentence. Pure. */
import type { Today } from '../../lib/api';
import { say, t } from '../../lib/i18n';
import { daysBetween } from '../../lib/i18n/dates';

const WEEK = 7;

/** `breaches` are still to be reported; `more` where something else than the chores lies ready. */
export function leadOf(now: Today, today: string, breaches: number, more: boolean): string {
  const words = t.today.lead;
  if (now.people === 0 && now.requests.length === 0 && breaches === 0) return words.first;
  const running = now.requests.filter((request) => request.state !== 'waiting_identity' || request.overdue);
  const late = now.requests.filter((request) => request.overdue).length;
  const soon = running.filter((request) => !request.overdue && daysBetween(today, request.due) <= WEEK).length;
  const said = [
    ...(breaches > 0 ? [words.breaches(breaches)] : []),
    ...(late > 0 ? [words.late(late)] : []),
    ...(soon > 0 ? [words.soon(soon, late > 0)] : []),
  ];
  if (said.length > 0) return said.join(' ');
  const [next] = now.requests;
  if (next) return words.later(now.requests.length, say.by(next.due));
  return now.tasks.length > 0 || more ? words.chores : words.calm;
}
