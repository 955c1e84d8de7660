/** The page of one contact. */
export const contact = {};

export type Contact = typeof contact;
