/** Requests: list, new, page. */
export const requests = {};

export type Requests = typeof requests;
