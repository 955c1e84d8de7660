import type { Requests } from '../nl/requests';

export const requests: Requests = {};
