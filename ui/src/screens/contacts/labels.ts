/** Giving a label to many contacts, and taking it from them. */
import { call, commands } from '../../lib/api';

/** Gives or takes the label; answers whom that changed. */
export async function changeLabel(ids: readonly string[], label: string, give: boolean): Promise<string[]> {
  for (const id of ids)
    await call(commands.contactSet(id, [{ field: 'labels', how: give ? 'add' : 'remove', value: label }]));
  return [...ids];
}
