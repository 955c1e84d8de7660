/** How many may go, for Today. */
import { call, commands } from '../../lib/api';

export interface Going {
  readonly total: number;
  /** Since when the first of them. */
  readonly first: string | undefined;
  /** Of how many the duty to keep is over. */
  readonly due: number;
}

export async function going(): Promise<Going> {
  const [leaving, waiting] = await Promise.all([call(commands.retentionList(1)), call(commands.erasuresWaiting())]);
  const due = waiting.filter((one) => one.due).length;
  return { total: leaving.total, first: leaving.contacts[0]?.on, due };
}
