/** The questions of a conversation: which purposes are asked about, in which words, and what there is to choose. */
import type { ContactChannel, PurposeShown, VersionShown } from '../../lib/api';
import { partsOf } from '../../lib/wording';

export interface Asked {
  readonly key: string;
  readonly title: string;
  readonly question: string;
  readonly rest: string;
  /** The language of the words. */
  readonly language: string;
  readonly channels: readonly ContactChannel[];
  /** How long a yes lasts by the wording: `P2Y`; empty until it is taken back. */
  readonly lasts: string;
  /** Keys of the connections that it is shared with. */
  readonly share: readonly string[];
  /** Only an express yes counts. */
  readonly special?: boolean;
}

/** The version that was the wording on a day. */
function inForce(purpose: PurposeShown, day: string): VersionShown | undefined {
  return purpose.versions.filter((version) => version.since <= day).at(-1) ?? purpose.versions[0];
}

/** The purposes that somebody can say yes to, each in the first of the languages that it has words in. */
export function questionsOf(purposes: readonly PurposeShown[], languages: readonly string[], day: string): Asked[] {
  return purposes.filter(isAsked).flatMap((purpose) => {
    const texts = inForce(purpose, day)?.wordings ?? [];
    const text =
      languages.map((wanted) => texts.find((one) => one.language === wanted)).find((one) => one !== undefined) ??
      texts[0];
    if (!text) return [];
    const { question, rest } = partsOf(text.text);
    const { key, title, channels, retention: lasts, share } = purpose;
    const asked = { key, title, question, rest, language: text.language, channels, lasts, share };
    return [purpose.special ? { ...asked, special: true } : asked];
  });
}

/** Whether people are asked for it. */
export function isAsked(purpose: PurposeShown): boolean {
  return !purpose.builtin && purpose.basis === 'consent';
}

/** The languages that there are words in. */
export function languagesOf(purposes: readonly PurposeShown[]): string[] {
  const all = purposes.filter(isAsked).flatMap((purpose) => purpose.versions.at(-1)?.wordings ?? []);
  return [...new Set(all.map((text) => text.language))];
}

/** The ways that there are to choose from. Speaking to somebody face to face is none that is asked about. */
export function waysOf(asked: readonly Asked[]): ContactChannel[] {
  const order: ContactChannel[] = ['email', 'phone', 'sms', 'post', 'messaging'];
  return order.filter((channel) => asked.some((one) => choosable(one).includes(channel)));
}

/** A purpose's ways, where there is more than one to choose from. */
export function choosable(asked: Asked): ContactChannel[] {
  const ways = asked.channels.filter((channel) => channel !== 'in_person');
  return ways.length > 1 ? ways : [];
}

/** `P2Y` in months; nothing for what is not whole months, or has no end. */
export function monthsOf(span: string): number | undefined {
  const said = /^P(?:(\d+)Y)?(?:(\d+)M)?$/.exec(span);
  return said && span !== 'P' ? Number(said[1] ?? 0) * 12 + Number(said[2] ?? 0) : undefined;
}

/** The last day of so many months from a day on: the day before the one with the same number. */
export function lastDay(from: string, months: number): string {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  const target = new Date(Date.UTC(year, month - 1 + months, 1, 12));
  const length = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(day, length) - 1);
  return target.toISOString().slice(0, 10);
}

/**
 * How long a yes may be said to last, in months: shorter ones than the longest that the wordings say. The last choice is
 * that longest one, or without an end.
 */
export function lastings(asked: readonly Asked[]): { months: number[]; longest: number | undefined } {
  const each = asked.map((one) => (one.lasts ? monthsOf(one.lasts) : undefined));
  const longest = each.includes(undefined) ? undefined : Math.max(0, ...each.map((months) => months ?? 0));
  return { months: [12, 24, 60].filter((months) => longest === undefined || months < longest), longest };
}

/** The last day of a yes that was to last so many months; nothing where the wording ends it no later. */
export function untilOf(asked: Asked, from: string, months: number | undefined): string | null {
  if (months === undefined) return null;
  const told = asked.lasts ? monthsOf(asked.lasts) : undefined;
  return told !== undefined && told <= months ? null : lastDay(from, months);
}
