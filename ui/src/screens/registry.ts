/** Which screens and dialogs there are. What is not listed does not exist: the rail, the keys and the palette leave it out. */
import type { Component } from 'svelte';
import type { IconName } from '../lib/design/icons';
import type { PlaceOf, ScreenName } from '../lib/router.svelte';
import type { TaskName, TaskOf } from '../lib/tasks.svelte';
import PhoneConsent from './call/PhoneConsent.svelte';
import Connection from './connections/Connection.svelte';
import Connections from './connections/Connections.svelte';
import Consent from './consent/Consent.svelte';
import Contact from './contact/Contact.svelte';
import Contacts from './contacts/Contacts.svelte';
import NewContact from './contacts/NewContact.svelte';
import Duplicates from './duplicates/Duplicates.svelte';
import Erasure from './erasure/Erasure.svelte';
import Import from './import/Import.svelte';
import Inform from './inform/Inform.svelte';
import Leaving from './leaving/Leaving.svelte';
import Breach from './registers/Breach.svelte';
import Registers from './registers/Registers.svelte';
import Outbox from './outbox/Outbox.svelte';
import NewRequest from './requests/NewRequest.svelte';
import Request from './requests/Request.svelte';
import Requests from './requests/Requests.svelte';
import Settings from './settings/Settings.svelte';
import Today from './today/Today.svelte';

/** A screen that needs to know nothing of the place takes no properties. */
type Screens = {
  readonly [Name in ScreenName]?: Component<{ place: PlaceOf<Name> }> | Component<Record<string, never>>;
};
type Dialogs = { readonly [Name in Exclude<TaskName, 'palette' | 'shortcuts'>]?: Component<{ task: TaskOf<Name> }> };

export const screens: Screens = {
  today: Today,
  requests: Requests,
  request: Request,
  settings: Settings,
  contacts: Contacts,
  consent: Consent,
  connections: Connections,
  connection: Connection,
  contact: Contact,
  duplicates: Duplicates,
  import: Import,
  inform: Inform,
  leaving: Leaving,
  registers: Registers,
  breach: Breach,
  outbox: Outbox,
};

export const dialogs: Dialogs = { consent: PhoneConsent, contact: NewContact, request: NewRequest, erasure: Erasure };

/** The rail, from top to bottom. */
export const rail: readonly {
  screen: 'today' | 'contacts' | 'consent' | 'requests' | 'connections' | 'registers' | 'settings';
  icon: IconName;
}[] = [
  { screen: 'today', icon: 'sun' },
  { screen: 'contacts', icon: 'users' },
  { screen: 'consent', icon: 'handshake' },
  { screen: 'requests', icon: 'inbox' },
  { screen: 'connections', icon: 'plug' },
  { screen: 'registers', icon: 'notebook-text' },
  { screen: 'settings', icon: 'settings-2' },
];

/** The item of the rail that a screen belongs to. */
export function railItem(screen: ScreenName): ScreenName {
  const within: Partial<Record<ScreenName, ScreenName>> = {
    contact: 'contacts',
    duplicates: 'contacts',
    import: 'contacts',
    inform: 'contacts',
    request: 'requests',
    connection: 'connections',
    leaving: 'today',
    breach: 'registers',
    outbox: 'settings',
  };
  return within[screen] ?? screen;
}
