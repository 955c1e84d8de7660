/** The list of contacts. */
export const contacts = {};

export type Contacts = typeof contacts;
