/** Settings. */
export const settings = {};

export type Settings = typeof settings;
