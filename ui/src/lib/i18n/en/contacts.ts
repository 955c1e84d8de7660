import type { Contacts } from '../nl/contacts';

export const contacts: Contacts = {};
