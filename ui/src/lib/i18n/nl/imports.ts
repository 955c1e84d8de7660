/** The import wizard. */
export const imports = {};

export type Imports = typeof imports;
