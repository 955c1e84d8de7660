/** By what the list can be narrowed, and how many each leaves. */
import type { Area } from '../../lib/api';

export interface Facets {
  readonly labels: readonly { label: string; contacts: number }[];
  readonly imports: readonly { import: string; file: string; at: string; contacts: number }[];
  readonly restricted: number;
  readonly open_requests: number;
}

/** What these depend on. */
export const FACETS: readonly Area[] = ['contacts', 'imports', 'requests'];

export function readFacets(): Promise<Facets | undefined> {
  return Promise.resolve(undefined);
}
