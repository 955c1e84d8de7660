/** The practice vault: sample data beside the business's own vault. */
import { call, commands } from './api';
import { currentLocale } from './i18n';
import { take } from './vault.svelte';

/** Goes to the practice vault, or back. */
export async function practise(open: boolean): Promise<void> {
  take(await call(open ? commands.practiceOpen(currentLocale().language) : commands.practiceClose()));
}
