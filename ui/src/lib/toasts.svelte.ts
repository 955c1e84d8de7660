/** What was just done, said quietly at the bottom, with a way to take it back where there is one. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo?: (() => unknown) | undefined;
}

const SHOWN_FOR_MS = 9000;
/** What was said so long ago was about what stood there before. */
const FRESH_MS = 1500;
let since = 0;
let count = 0;
let shown = $state<Toast | undefined>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says one sentence. The next one takes its place. */
export function toast(text: string, undo?: () => unknown): void {
  count += 1;
  since = Date.now();
  shown = { id: count, text, undo };
  resume();
}

/** The sentence that stands there now. */
export function standing(): Toast | undefined {
  return shown;
}

/** Takes the sentence away. */
export function dismiss(): void {
  clearTimeout(timer);
  shown = undefined;
}

/** A dialog opens: what was said before is about something else. */
export function past(): void {
  if (shown && Date.now() - since > FRESH_MS) dismiss();
}

/** It stays as long as the pointer or the focus is on it. */
export function hold(): void {
  clearTimeout(timer);
}

export function resume(): void {
  clearTimeout(timer);
  timer = setTimeout(dismiss, SHOWN_FOR_MS);
}
