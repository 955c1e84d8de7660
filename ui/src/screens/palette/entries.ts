/** What the palette offers: pure, from what was typed and who was found. */
import type { IconName } from '../../lib/design/icons';
import { say, t } from '../../lib/i18n';
import type { RequestListed, Ways } from '../../lib/api';
import type { Place } from '../../lib/router.svelte';
import type { Task } from '../../lib/tasks.svelte';
import { nameOf } from '../requests/moves';

export interface Person {
  readonly id: string;
  readonly name: string;
  /** How to speak of them. */
  readonly called: string;
  readonly second: string;
  readonly restricted: boolean;
  /** For each purpose how they may be reached. */
  readonly ways: readonly Ways[];
}

/** What an entry does. */
export type Deed =
  { readonly go: Place } | { readonly begin: Task } | { readonly act: 'lock' | 'practice' | 'leavePractice' };

export interface Entry {
  readonly id: string;
  readonly icon: IconName;
  readonly title: string;
  readonly second?: string;
  readonly keys?: readonly string[];
  /** It is a person, found by what was typed. */
  readonly person?: Person;
  readonly deed: Deed;
}

export interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** What was typed, and what was found by it. */
export interface Found {
  readonly query: string;
  /** The part of it that people are found by. */
  readonly who: string;
  readonly people: readonly Person[];
  /** How many people there are in all. */
  readonly total: number;
  /** The person that "do with" is about. */
  readonly chosen: Person | undefined;
  readonly requests: readonly RequestListed[];
}

/** What there is in this version. */
export interface There {
  readonly screens: readonly string[];
  readonly dialogs: readonly string[];
  /** Whether the practice vault is at hand. */
  readonly practice: boolean;
}

/** Name of a task, with its keys. */
const KEYS = { consent: ['Ctrl', '⇧', 'P'], contact: ['Ctrl', 'N'], request: ['Ctrl', 'R'], lock: ['Ctrl', 'L'] };

const MOST_REQUESTS = 3;

/** The groups for a search. */
export function groups({ query, who, people, total, chosen, requests }: Found, there: There): Group[] {
  const typed = query.trim();
  const all: Group[] = [
    { title: t.palette.people, entries: people.map(person) },
    { title: chosen ? t.palette.doWith(chosen.called) : '', entries: chosen ? withPerson(chosen, there) : [] },
    { title: t.palette.requests, entries: typed ? fitting(typed, requests.map(request)).slice(0, MOST_REQUESTS) : [] },
    {
      title: typed ? t.palette.else : t.palette.do,
      // What has such a name comes before somebody new who would get it.
      entries: [...fitting(typed, actions(there, typed)), ...aboutSearch(who.trim(), total, there)],
    },
    { title: t.palette.goTo, entries: fitting(typed, places(there)) },
  ];
  return all.filter((group) => group.entries.length > 0);
}

/** The word by which to call somebody: a title and initials are none. */
export function firstName(name: string): string {
  return name.split(/\s+/).find((word) => !word.endsWith('.')) ?? name;
}

function person(found: Person): Entry {
  return {
    id: `person-${found.id}`,
    icon: found.restricted ? 'lock-keyhole' : 'user-round',
    title: found.name || t.common.unnamed,
    second: found.second,
    person: found,
    deed: { go: { screen: 'contact', id: found.id } },
  };
}

function request(open: RequestListed): Entry {
  return {
    id: `request-${open.id}`,
    icon: 'inbox',
    title: nameOf(open),
    second: `${t.names.requests[open.kind]} · ${say.left(open.due)}`,
    deed: { go: { screen: 'request', id: open.id } },
  };
}

function withPerson(chosen: Person, there: There): Entry[] {
  const about = { contact: chosen.id };
  const entries: (Entry & { needs: string })[] = [
    {
      id: 'with-consent',
      icon: 'phone',
      title: t.palette.logConsent,
      keys: KEYS.consent,
      deed: { begin: { task: 'consent', ...about } },
      needs: 'consent',
    },
    {
      id: 'with-request',
      icon: 'inbox',
      title: t.palette.logRequest,
      keys: KEYS.request,
      deed: { begin: { task: 'request', ...about } },
      needs: 'request',
    },
  ];
  return entries.filter((entry) => there.dialogs.includes(entry.needs));
}

function aboutSearch(typed: string, total: number, there: There): Entry[] {
  if (!typed) return [];
  const entries: Entry[] = [];
  if (there.dialogs.includes('contact')) {
    entries.push({
      id: 'new-named',
      icon: 'user-plus',
      title: t.palette.newContactNamed(typed),
      keys: KEYS.contact,
      deed: { begin: { task: 'contact', name: typed } },
    });
  }
  if (total > 1 && there.screens.includes('contacts')) {
    entries.push({
      id: 'all',
      icon: 'users',
      title: t.palette.showAll(say.number(total), typed),
      deed: { go: { screen: 'contacts', query: typed } },
    });
  }
  return entries;
}

function actions(there: There, typed: string): Entry[] {
  const entries: (Entry & { needs?: string })[] = [
    {
      id: 'consent',
      icon: 'phone',
      title: t.palette.logConsent,
      keys: KEYS.consent,
      deed: { begin: { task: 'consent' } },
      needs: 'consent',
    },
    {
      id: 'request',
      icon: 'inbox',
      title: t.palette.logRequest,
      keys: KEYS.request,
      deed: { begin: { task: 'request' } },
      needs: 'request',
    },
    ...(typed
      ? []
      : [
          {
            id: 'contact',
            icon: 'user-plus',
            title: t.palette.newContact,
            keys: KEYS.contact,
            deed: { begin: { task: 'contact' } },
            needs: 'contact',
          } as const,
        ]),
    { id: 'import', icon: 'file-up', title: t.palette.import, deed: { go: { screen: 'import' } }, needs: 'import' },
    {
      id: 'duplicates',
      icon: 'merge',
      title: t.palette.duplicates,
      deed: { go: { screen: 'duplicates' } },
      needs: 'duplicates',
    },
    { id: 'inform', icon: 'mail', title: t.palette.inform, deed: { go: { screen: 'inform' } }, needs: 'inform' },
    {
      id: 'leaving',
      icon: 'trash-2',
      title: t.frame.screens.leaving,
      deed: { go: { screen: 'leaving' } },
      needs: 'leaving',
    },
    { id: 'outbox', icon: 'send', title: t.mails.outbox.title, deed: { go: { screen: 'outbox' } }, needs: 'outbox' },
    { id: 'lock', icon: 'lock', title: t.palette.lock, keys: KEYS.lock, deed: { act: 'lock' } },
    {
      id: 'shortcuts',
      icon: 'keyboard',
      title: t.palette.shortcuts,
      keys: ['?'],
      deed: { begin: { task: 'shortcuts' } },
    },
    ...practice(there.practice),
  ];
  const here = [...there.dialogs, ...there.screens];
  return entries.filter((entry) => !entry.needs || here.includes(entry.needs));
}

function practice(at: boolean): Entry[] {
  const act = at ? 'leavePractice' : 'practice';
  return [{ id: 'practice', icon: 'flask-conical', title: t.palette[act], deed: { act } }];
}

function places(there: There): Entry[] {
  const entries: (Entry & { deed: { go: Place } })[] = [
    { id: 'go-today', icon: 'sun', title: t.frame.screens.today, deed: { go: { screen: 'today' } } },
    { id: 'go-contacts', icon: 'users', title: t.frame.screens.contacts, deed: { go: { screen: 'contacts' } } },
    { id: 'go-consent', icon: 'handshake', title: t.frame.screens.consent, deed: { go: { screen: 'consent' } } },
    { id: 'go-requests', icon: 'inbox', title: t.frame.screens.requests, deed: { go: { screen: 'requests' } } },
    { id: 'go-connections', icon: 'plug', title: t.frame.screens.connections, deed: { go: { screen: 'connections' } } },
    {
      id: 'go-registers',
      icon: 'notebook-text',
      title: t.frame.screens.registers,
      deed: { go: { screen: 'registers' } },
    },
    { id: 'go-settings', icon: 'settings-2', title: t.frame.screens.settings, deed: { go: { screen: 'settings' } } },
  ];
  return entries.filter((entry) => there.screens.includes(entry.deed.go.screen));
}

/** Of these, the ones whose words begin with what was typed. */
function fitting(typed: string, entries: Entry[]): Entry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (entry: Entry) => {
    const title = entry.title.toLowerCase().split(/\s+/);
    return words.every((word) => title.some((part) => part.startsWith(word)));
  };
  return entries.filter(fits);
}
