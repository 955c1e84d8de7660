import type { Today } from '../nl/today';

export const today: Today = {};
