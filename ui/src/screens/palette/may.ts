/** "May I?" beside a person in the palette. */
import type { PurposeShown, Reason, Ways } from '../../lib/api';
import type { IconName } from '../../lib/design/icons';
import { say, t } from '../../lib/i18n';

export interface Look {
  readonly tone: 'ok' | 'off' | 'quiet';
  readonly icon: IconName;
  readonly word: string;
}

const WAITS: readonly Reason[] = ['not_asked', 'awaiting_confirmation'];

/** The first way in which somebody may be reached for a purpose, or why there is none. */
export function lookOf(purpose: PurposeShown, ways: readonly Ways[]): Look {
  const told = ways.find((one) => one.purpose === purpose.key);
  const channel = told?.channels.find((one) => purpose.channels.includes(one));
  if (channel) return { tone: 'ok', icon: 'check', word: t.common.channel[channel] };
  const reason = told?.reason;
  const word = reason ? say.sentence(t.names.reasons[reason]) : t.common.no;
  return reason && WAITS.includes(reason)
    ? { tone: 'off', icon: 'circle-dashed', word }
    : { tone: 'quiet', icon: 'x', word };
}

/** What is asked about: the purposes whose name what was typed names, else all of which people can be asked. */
export function askedAbout(purposes: readonly PurposeShown[], typed: string): PurposeShown[] {
  const own = purposes.filter((one) => !one.builtin && one.versions.length > 0);
  const words = wordsOf(typed);
  const named = own.filter((one) => names(one).some((part) => words.some((word) => begins(part, word))));
  return named.length ? named : own;
}

/** What was typed without the words that name a purpose: who is meant. */
export function withoutPurposes(purposes: readonly PurposeShown[], typed: string): string {
  const parts = purposes.filter((one) => !one.builtin).flatMap(names);
  return wordsOf(typed)
    .filter((word) => !parts.some((part) => begins(part, word)))
    .join(' ');
}

/** Fewer letters than this name nothing. */
const FEWEST = 3;

const begins = (part: string, word: string) => word.length >= FEWEST && part.startsWith(word);
const names = (purpose: PurposeShown) => wordsOf(`${purpose.title} ${purpose.short}`);

function wordsOf(text: string): string[] {
  return text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
}
