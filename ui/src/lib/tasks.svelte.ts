/** What is being done in a dialog over the screen. One at a time; the keys and the palette begin them from anywhere. */

export type Task =
  | { readonly task: 'palette' }
  | { readonly task: 'shortcuts' }
  /** Logging a consent given on the phone: of this contact, or of somebody yet to be found. */
  | {
      readonly task: 'consent';
      readonly contact?: string;
      /** It is the next one of the list of calls. */
      readonly listed?: boolean;
    }
  /** A new contact, with what was typed already. */
  | { readonly task: 'contact'; readonly name?: string }
  /** A new request, of this contact or of somebody yet to be found. */
  | { readonly task: 'request'; readonly contact?: string }
  /** Destroying what is held of this contact, asked for by a request or not. */
  | { readonly task: 'erasure'; readonly contact: string; readonly request?: string };

export type TaskName = Task['task'];

/** A task as its dialog gets it. */
export type TaskOf<Name extends TaskName> = Extract<Task, { task: Name }>;

let current = $state.raw<Task | undefined>();

/** What is being done. */
export function doing(): Task | undefined {
  return current;
}

/** Begins something, in place of what was being done. */
export function begin(task: Task): void {
  current = task;
}

/** It is done, or given up. */
export function end(): void {
  current = undefined;
}
