/** What is shown of a request wherever one is listed: how pressing it is, and what comes next. Pure. */
import type { RequestListed } from '../../lib/api';
import type { IconName } from '../../lib/design/icons';
import { say, t } from '../../lib/i18n';

export function isClosed(request: RequestListed): boolean {
  return request.state === 'answered' || request.state === 'refused';
}

interface Shown {
  readonly tone: 'ok' | 'warn' | 'bad' | 'off';
  readonly icon: IconName;
  readonly text: string;
}

/** The pill: how many days are left, or how it ended. */
export function pill(request: RequestListed): Shown {
  if (request.state === 'answered') return { tone: 'ok', icon: 'check', text: t.requests.states.answered };
  if (request.state === 'refused') return { tone: 'off', icon: 'ban', text: t.requests.states.refused };
  if (request.state === 'waiting_identity' && !request.overdue) {
    return { tone: 'off', icon: 'hourglass', text: t.requests.states.waiting_identity };
  }
  const tone = say.pressing(request.due);
  return { tone, icon: tone === 'bad' ? 'circle-alert' : 'clock', text: say.sentence(say.left(request.due)) };
}

/** The verb at the end of its row. */
export function nextMove(request: RequestListed): string {
  const words = t.requests.next;
  if (isClosed(request)) return words.open;
  if (request.state === 'waiting_identity') return words.proof;
  return words.answer;
}

/** Whether whoever asked was erased since: nothing says any more who it was. Somebody unknown has the name they gave. */
export function isErased(request: RequestListed): boolean {
  return request.contact === null && request.name === '';
}

/** What people call who asked; somebody without a name has one all the same. */
export function nameOf(request: RequestListed): string {
  return request.name || (isErased(request) ? t.requests.erased : t.common.unnamed);
}

/** What is being done on a request's page. */
export type Move =
  | 'extend'
  | 'refuse'
  | 'close'
  | 'send'
  | 'form'
  | 'told'
  | 'lock'
  | 'lift'
  | 'weigh'
  | 'ask'
  | 'sure'
  | 'right'
  | 'wrong';

/** How a person is told of a step. */
export type Way = 'mail' | 'letter' | 'self';
