/** Puts a text on the clipboard and says so, or that it could not be. */
import { toast } from './toasts.svelte';

export async function copy(
  text: string,
  words: { readonly copied: string; readonly copyFailed: string },
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(words.copied);
  } catch {
    toast(words.copyFailed);
  }
}
