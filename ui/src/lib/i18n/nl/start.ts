/** First start. */
export const start = {};

export type Start = typeof start;
