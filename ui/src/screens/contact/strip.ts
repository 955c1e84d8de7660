/** "May I?": a cell for each channel, and the sentence about the one that is open. Pure. */
import type { ConsentEvent, ContactChannel, Decision, PurposeShown } from '../../lib/api';
import { say, t } from '../../lib/i18n';
import { addDays } from '../../lib/i18n/dates';
import { listed } from './list';

/** What the office says about one person and one purpose. */
export interface Told {
  readonly expires: string | null;
  readonly preferred: ContactChannel | null;
  readonly channels: readonly { channel: ContactChannel; decision: Decision }[];
  /** What shows the answers. */
  readonly events: readonly ConsentEvent[];
}

export interface Cell {
  readonly channel: ContactChannel;
  readonly allowed: boolean;
  /** Behind the yes or no. */
  readonly short: string;
  readonly decision: Decision;
}

/** The cells: what is allowed first. */
export function cellsOf(told: Told): Cell[] {
  const cells = told.channels.map(({ channel, decision }) => ({
    channel,
    decision,
    allowed: decision.allowed,
    short: short(channel, decision, told),
  }));
  return [...cells.filter((cell) => cell.allowed), ...cells.filter((cell) => !cell.allowed)];
}

function short(channel: ContactChannel, decision: Decision, told: Told): string {
  const reason = decision.reasons[0] ?? 'not_asked';
  if (reason === 'allowed_consent')
    return told.expires ? t.contact.strip.until(lastDay(told.expires)) : t.contact.strip.endless;
  if (reason === 'no_address') return t.contact.strip.missing[channel];
  if (reason !== 'wrong_channel') return t.names.reasons[reason];
  return told.preferred && told.preferred !== channel
    ? t.contact.strip.rather(word(told.preferred))
    : t.contact.strip.notOn;
}

/** A channel inside a sentence. */
export function word(channel: ContactChannel): string {
  return t.common.channel[channel].toLocaleLowerCase();
}

/** The last day on which something holds, of which this is the first on which it no longer does. */
export function lastDay(expires: string): string {
  return say.date(addDays(expires, -1));
}

/** Why it is so, and what is possible in its place. */
export function because(cell: Cell, told: Told, purpose: PurposeShown, name: string): { why: string; instead: string } {
  const words = t.contact.strip;
  const reason = cell.decision.reasons[0] ?? 'not_asked';
  if (reason === 'allowed_consent') return { why: yes(told, name), instead: remind(cell) };
  if (reason === 'allowed_basis') return { why: words.basis(words.bases[purpose.basis]), instead: remind(cell) };
  return { why: no(cell, told, purpose, name), instead: instead(cell, told) };
}

function yes(told: Told, name: string): string {
  const words = t.contact.strip;
  const given = told.events.findLast((event) => event.answer === 'given') ?? told.events.at(-1);
  if (!given) return `${t.common.yes}.`;
  const parts = [words.yes(say.date(given.happened), name, howWord(given.how), given.by)];
  if (given.channels.length) parts.push(words.on(listed(given.channels.map(word))));
  if (told.expires) parts.push(words.until(lastDay(told.expires)));
  const beside = [given.guardian && words.guardian(given.guardian), whence(given)].filter(Boolean);
  return [parts.join(', '), ...beside].map((sentence) => `${sentence}.`).join(' ');
}

/** The page, network address and place that an answer came from; empty where none is known. */
export function whence({ url, ip, place }: Pick<ConsentEvent, 'url' | 'ip' | 'place'>): string {
  const known = [url, ip, place].filter(Boolean);
  return known.length ? t.came.origin(known.join(', ')) : '';
}

function no(cell: Cell, told: Told, purpose: PurposeShown, name: string): string {
  const words = t.contact.strip;
  const reason = cell.decision.reasons[0] ?? 'not_asked';
  if (reason === 'no_address') return words.noAddress(name);
  if (reason === 'wrong_channel') {
    if (told.preferred && told.preferred !== cell.channel) return words.preferred(name, word(told.preferred));
    return purpose.channels.includes(cell.channel) ? words.notChannel(name) : words.notPurpose;
  }
  return words.why[reason]?.(name, purpose.title) ?? words.other(t.names.reasons[reason]);
}

function remind(cell: Cell): string {
  return cell.decision.remind ? t.contact.strip.register : '';
}

function instead(cell: Cell, told: Told): string {
  const open = told.channels.filter((one) => one.decision.allowed).map((one) => one.channel);
  if (open.length) return t.contact.strip.instead(listed(open.map((channel) => t.contact.strip.reach_by[channel])));
  const askable = ['not_asked', 'expired', 'wording_changed'].includes(cell.decision.reasons[0] ?? '');
  return askable ? t.contact.strip.ask : '';
}

/** The way something came, as words. */
export function howWord(how: string): string {
  return t.names.how[how as keyof typeof t.names.how] ?? '';
}
