import type { Imports } from '../nl/imports';

export const imports: Imports = {};
