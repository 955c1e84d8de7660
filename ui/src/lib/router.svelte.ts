/** Where the person is. Places are kept in memory only; back and forward work as in a browser. */

import type { Narrow, QueueNarrow, TaskKind } from './bindings';

export type RegisterPart = 'log' | 'processing' | 'breaches' | 'blocked';

export type Place =
  | { readonly screen: 'today' }
  | {
      readonly screen: 'contacts';
      readonly query?: string;
      /** Only people who stand so for a purpose. */
      readonly purpose?: string;
      readonly status?: string;
      readonly label?: string;
      /** Only people whom this import brought or completed. */
      readonly origin?: string;
      readonly restricted?: boolean;
      readonly asked?: boolean;
      /** Only people, no organisations. */
      readonly persons?: boolean;
      /** Only people whom this chore of Today is about. */
      readonly task?: Exclude<TaskKind, 'backup' | 'mail_stuck'>;
      readonly sort?: 'name' | 'next';
      /** The row where the person was. */
      readonly row?: number;
    }
  | { readonly screen: 'contact'; readonly id: string }
  /** Two at a time; `pair` is the one that is looked at. */
  | { readonly screen: 'duplicates'; readonly pair?: string }
  | {
      readonly screen: 'consent';
      /** The purpose and the part of its ring whose people are listed. */
      readonly purpose?: string;
      readonly part?: 'given' | 'waiting' | 'refused' | 'expired' | 'not_asked';
      readonly narrow?: Narrow;
      /** As of the end of this day. */
      readonly on?: string;
      readonly query?: string;
      readonly sort?: 'name' | 'since';
      readonly backwards?: boolean;
    }
  /** Who must still be told that their data is held. */
  | { readonly screen: 'inform'; readonly query?: string; readonly narrow?: QueueNarrow; readonly file?: string }
  | { readonly screen: 'connections' }
  | { readonly screen: 'connection'; readonly id: string }
  | { readonly screen: 'requests' }
  | { readonly screen: 'request'; readonly id: string }
  | { readonly screen: 'import' }
  /** People whom nothing asks to be kept any more. */
  | { readonly screen: 'leaving' }
  | { readonly screen: 'registers'; readonly part?: RegisterPart }
  | { readonly screen: 'breach'; readonly id: string }
  /** Mails that wait or are stuck. */
  | { readonly screen: 'outbox' }
  | { readonly screen: 'settings'; readonly part?: string; readonly key?: string };

export type ScreenName = Place['screen'];

/** A place as a screen gets it: `PlaceOf<'contact'>` has the id. */
export type PlaceOf<Name extends ScreenName> = Extract<Place, { screen: Name }>;

const START: Place = { screen: 'today' };

let trail = $state.raw<readonly Place[]>([START]);
let at = $state(0);

/** The place that is shown. */
export function here(): Place {
  return trail[at] ?? START;
}

/** Goes to a place; what lay ahead is forgotten. */
export function go(place: Place): void {
  trail = [...trail.slice(0, at + 1), place];
  at = trail.length - 1;
}

/** What a link to a place does: the page's own address stays as it is. */
export function leads(to: Place): (event: MouseEvent) => void {
  return (event) => {
    event.preventDefault();
    go(to);
  };
}

/** Says more exactly where one is (a search, a filter), without a step that Back would have to undo. */
export function amend(place: Place): void {
  trail = trail.with(at, place);
}

export function back(): void {
  if (at > 0) at -= 1;
}

export function forward(): void {
  if (at < trail.length - 1) at += 1;
}

/** The place that Back leads to. */
export function before(): Place | undefined {
  return trail[at - 1];
}

/** Forgets every place: the vault was locked or changed for another. */
export function startOver(): void {
  trail = [START];
  at = 0;
}

/** The contacts whose pages lie behind or ahead. */
export function visited(): string[] {
  return trail.flatMap((place) => (place.screen === 'contact' ? [place.id] : []));
}

/** Takes these contacts, and every word that was searched for, out of all places: nobody comes back to whoever is gone. */
export function forget(contacts: readonly string[]): void {
  const about = (place: Place) => place.screen === 'contact' && contacts.includes(place.id);
  const behind = trail.slice(0, at + 1).filter((place) => !about(place)).length;
  const left = trail.filter((place) => !about(place)).map(silent);
  trail = left.length > 0 ? left : [START];
  at = Math.max(0, behind - 1);
}

/** A place without what was typed there. */
function silent(place: Place): Place {
  return 'query' in place
    ? (Object.fromEntries(Object.entries(place).filter(([key]) => key !== 'query')) as Place)
    : place;
}
