/** The questions of a conversation in the order in which they are asked. */
import { t } from '../../lib/i18n';
import type { Connection } from '../../lib/api';
import { ANY, LONGEST, type Conversation } from './conversation.svelte';
import type { Asked } from './questions';

export interface Step {
  /** `q-` and a purpose's key, `share-` and a connection's, or `ways`, `prefer`, `lasting`. */
  readonly id: string;
  readonly asked?: Asked;
  readonly sharing?: Connection;
  readonly options: readonly { value: string; label: string }[];
}

/** Ways, preference, duration and sharing are asked only once there is a yes, and something to choose. */
export function stepsOf(talk: Conversation): Step[] {
  const steps: Step[] = talk.asked.map((asked) => ({ id: `q-${asked.key}`, asked, options: [] }));
  if (talk.waysThere.length) steps.push({ id: 'ways', options: talk.waysThere.map(way) });
  if (talk.waysChosen.length > 1)
    steps.push({ id: 'prefer', options: [...talk.waysChosen.map(way), { value: ANY, label: t.consent.anyWay }] });
  const lasting = lastingsOf(talk);
  if (talk.yes.length && lasting.length > 1) steps.push({ id: 'lasting', options: lasting });
  for (const sharing of talk.sharing) steps.push({ id: `share-${sharing.key}`, sharing, options: [] });
  return steps;
}

function way(channel: Conversation['ways'][number]) {
  return { value: channel, label: t.common.channel[channel] };
}

function lastingsOf(talk: Conversation): { value: string; label: string }[] {
  const { months, longest } = talk.lastings;
  const last = longest === undefined ? t.consent.lasting.open : said(longest);
  return [...months.map((count) => ({ value: String(count), label: said(count) })), { value: LONGEST, label: last }];
}

function said(months: number): string {
  const { years, months: inMonths } = t.consent.lasting;
  return months % 12 === 0 ? years(months / 12) : inMonths(months);
}
