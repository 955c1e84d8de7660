import type { Consent } from '../nl/consent';

export const consent: Consent = {};
