import type { Settings } from '../nl/settings';

export const settings: Settings = {};
