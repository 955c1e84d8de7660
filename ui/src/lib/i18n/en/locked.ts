import type { Locked } from '../nl/locked';

export const locked: Locked = {};
