import type { Palette } from '../nl/palette';

export const palette: Palette = {};
