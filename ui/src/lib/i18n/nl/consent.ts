/** Logging a consent, and withdrawing one. */
export const consent = {};

export type Consent = typeof consent;
