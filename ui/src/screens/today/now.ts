/** What there is to do today, put together from what the office tells of requests, consent and contacts. */
import { call, commands, type Counted, type RequestListed } from '../../lib/api';
import { vault } from '../../lib/vault.svelte';

export type TaskKind = 'kit_unconfirmed' | 'awaiting_confirmation';

/** Something to do when there is time. */
export interface Task {
  readonly kind: TaskKind;
  readonly count: number;
  /** The purposes it is about. */
  readonly purposes: readonly string[];
}

export interface Now {
  /** Requests that are not closed, the most urgent first. */
  readonly requests: readonly RequestListed[];
  readonly tasks: readonly Task[];
  /** How many people stand where. */
  readonly rings: readonly Counted[];
  /** How many people there are. */
  readonly people: number;
}

export async function askNow(): Promise<Now> {
  const unconfirmed = vault()?.kit_confirmed === false;
  const [open, rings, page] = await Promise.all([
    call(commands.requestsList('open')),
    call(commands.dashboard(null)),
    call(commands.contactsPage({ filter: { persons: true }, limit: 1 })),
  ]);
  const waiting = rings.filter((ring) => waitingFor(ring) > 0);
  const tasks: Task[] = [
    { kind: 'kit_unconfirmed', count: unconfirmed ? 1 : 0, purposes: [] },
    {
      kind: 'awaiting_confirmation',
      count: waiting.reduce((sum, ring) => sum + waitingFor(ring), 0),
      purposes: waiting.map((ring) => ring.key),
    },
  ];
  return { requests: open.requests, tasks: tasks.filter((task) => task.count > 0), rings, people: page.total };
}

function waitingFor(ring: Counted): number {
  return Number(ring.counts.awaiting_confirmation ?? 0);
}
