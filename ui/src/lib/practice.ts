/** The practice vault: sample data beside the business's own vault, where there is one. */
import { call, commands, type VaultState } from './api';
import { take } from './vault.svelte';

type Turn = () => ReturnType<typeof commands.vaultState>;

const turns = commands as Partial<Record<'practiceOpen' | 'practiceClose', Turn>>;

/** Whether there is one to open. */
export const hasPractice = turns.practiceOpen !== undefined;

/** Goes to the practice vault, or back. */
export async function practise(open: boolean): Promise<void> {
  const turn = open ? turns.practiceOpen : turns.practiceClose;
  if (turn) take((await call(turn())) satisfies VaultState);
}
