/** How large everything is: steps that the keys walk through. Pure. */

/** In percent; the last is twice as large. */
export const STEPS = [80, 90, 100, 110, 125, 150, 175, 200] as const;

/** As large as the system has it. */
export const USUAL = 100;

/** The step after or before a size; the ends stay. */
export function stepped(percent: number, larger: boolean): number {
  const found = larger ? STEPS.find((step) => step > percent) : STEPS.findLast((step) => step < percent);
  return found ?? percent;
}
