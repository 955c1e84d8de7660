/** Somebody who was chosen in the list. */
export interface Chosen {
  readonly name: string;
  /** On lock: takes part in nothing. */
  readonly restricted: boolean;
}

/** Those of the chosen who may take part: nobody on lock. */
export function taking(chosen: ReadonlyMap<string, Chosen>): string[] {
  return [...chosen].filter(([, one]) => !one.restricted).map(([id]) => id);
}
