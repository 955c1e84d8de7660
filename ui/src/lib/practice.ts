/** The practice vault: sample data beside the business's own vault. */
import { call, commands } from './api';
import { currentLocale } from './i18n';
import { inShort } from './problems';
import { Refused } from './refused';
import { toast } from './toasts.svelte';
import { take } from './vault.svelte';

/** Goes to the practice vault, or back; where that is refused, it says why. */
export async function practise(open: boolean): Promise<void> {
  try {
    take(await call(open ? commands.practiceOpen(currentLocale().language) : commands.practiceClose()));
  } catch (thrown) {
    toast(inShort(Refused.of(thrown)));
  }
}
