/** What went stale. A change says which areas it touched; what shows them reads again. The window never guesses. */
import { SvelteMap } from 'svelte/reactivity';
import type { Area } from './bindings';

const turns = new SvelteMap<Area, number>();

/** These areas are no longer as they were shown. */
export function announce(areas: readonly Area[]): void {
  for (const area of areas) turns.set(area, (turns.get(area) ?? 0) + 1);
}

/** How often an area changed. Reading it inside an effect runs the effect again at the next change. */
export function turn(area: Area): number {
  return turns.get(area) ?? 0;
}
