/** Today. */
export const today = {};

export type Today = typeof today;
