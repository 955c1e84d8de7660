/** The command palette. */
export const palette = {};

export type Palette = typeof palette;
