/** How many things wait on a screen: the figures in the rail. Whoever reads them says so here. */
import { SvelteMap } from 'svelte/reactivity';
import type { ScreenName } from './router.svelte';

const counts = new SvelteMap<ScreenName, { count: number; late: boolean }>();

/** So many wait there; `late` when one of them is past its date. */
export function tellWaiting(screen: ScreenName, count: number, late = false): void {
  counts.set(screen, { count, late });
}

export function waiting(screen: ScreenName): { count: number; late: boolean } | undefined {
  const found = counts.get(screen);
  return found && found.count > 0 ? found : undefined;
}
