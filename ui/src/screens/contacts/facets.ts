/** By what the list can be narrowed, and how many each leaves. */
import { call, commands, type Area, type Facets } from '../../lib/api';

/** What these depend on. */
export const FACETS: readonly Area[] = ['contacts', 'imports', 'requests'];

export function readFacets(): Promise<Facets> {
  return call(commands.contactsFacets());
}
