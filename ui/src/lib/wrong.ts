import { tick } from 'svelte';

/** Brings focus to the first field or choice of a form that says what is wrong with it, once it does. */
export function toWrong(form: HTMLElement | undefined): void {
  void tick().then(() => form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong]')?.focus());
}
