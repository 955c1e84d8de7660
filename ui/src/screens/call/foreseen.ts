/** What follows from a conversation, as one reads it while it goes on. */
import type { ConsentWarning, ContactChannel, Foreseen } from '../../lib/api';
import { currentLocale, say, t } from '../../lib/i18n';
import { addDays } from '../../lib/i18n/dates';
import { listFormat } from '../../lib/i18n/formats';

interface Named extends Foreseen {
  readonly title: string;
  readonly yes: boolean;
}

/** "a, b and c". */
function listed(items: readonly string[]): string {
  return listFormat(currentLocale().tag, { type: 'conjunction' }).format(items);
}

/** Sentences, those about what is allowed first. */
export function follows(foreseen: readonly Named[], name: string, chosen: readonly ContactChannel[]): string[] {
  const words = t.consent.follows;
  const may = new Map<string, Named[]>();
  for (const one of foreseen.filter((each) => each.yes && each.allowed.length > 0)) {
    const like = `${one.expires ?? ''} ${reached(one.allowed).join()}`;
    may.set(like, [...(may.get(like) ?? []), one]);
  }
  const told = [...may.values()].map((group) => allowed(group, name));
  const none = foreseen.filter((one) => one.yes && one.allowed.length === 0 && !lacksOnly(one, chosen));
  const not = foreseen.filter((one) => !one.yes);
  if (not.length) told.push(words.not(listed(not.map((one) => one.title))));
  told.push(...none.map((one) => words.notYet(one.title, listed(whys(one)))));
  return told;
}

function allowed(group: readonly Named[], name: string): string {
  const words = t.consent.follows;
  const titles = listed(group.map((one) => one.title));
  const expires = group[0]?.expires;
  const last = expires ? say.longDate(addDays(expires, -1)) : undefined;
  const ways = reached(group[0]?.allowed ?? []);
  if (!ways.length) return last ? words.holdsUntil(last, titles) : words.holds(name, titles);
  const verbs = listed(ways.map((way) => words.verbs[way]));
  return last ? words.until(last, name, verbs, titles) : words.open(name, verbs, titles);
}

/** The ways that are worth telling of: face to face goes without saying. */
function reached(channels: readonly ContactChannel[]): Exclude<ContactChannel, 'in_person'>[] {
  return channels.filter((channel) => channel !== 'in_person');
}

/** Why a yes opens nothing: each reason once. */
function whys(one: Foreseen): string[] {
  const reasons = one.refused.flatMap((not) => not.reasons);
  const telling = reasons.filter((reason) => reason !== 'wrong_channel');
  return [...new Set((telling.length ? telling : reasons).map((reason) => t.names.reasons[reason]))];
}

/** All that stands in its way is an address for a way that was chosen, which is told on its own. */
function lacksOnly(one: Foreseen, chosen: readonly ContactChannel[]): boolean {
  const lacking = withoutAddress([one], chosen);
  const others = one.refused.filter((not) =>
    not.reasons.some((why) => why !== 'wrong_channel' && why !== 'no_address'),
  );
  return lacking.length > 0 && others.length === 0;
}

/** The ways that were chosen and for which there is no address. */
export function withoutAddress(foreseen: readonly Foreseen[], chosen: readonly ContactChannel[]): ContactChannel[] {
  const lacking = foreseen.flatMap((one) =>
    one.refused.filter((not) => not.reasons.includes('no_address')).map((not) => not.channel),
  );
  return chosen.filter((channel) => lacking.includes(channel));
}

/** A warning about one answer, in words. */
export function warned(warning: ConsentWarning, name: string): string {
  return t.consent.warnings[warning](name);
}
