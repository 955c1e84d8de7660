import type { Contact } from '../nl/contact';

export const contact: Contact = {};
