/** The locked vault. */
export const locked = {};

export type Locked = typeof locked;
