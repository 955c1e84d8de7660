import type { Start } from '../nl/start';

export const start: Start = {};
