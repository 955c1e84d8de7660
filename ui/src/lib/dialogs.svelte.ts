/** The dialogs that lie over each other, the uppermost last: what stands below cannot be reached. */
let open = $state.raw<readonly string[]>([]);

/** A dialog opens; what comes back takes it off again. */
export function opens(id: string): () => void {
  open = [...open, id];
  return () => {
    open = open.filter((one) => one !== id);
  };
}

/** The uppermost dialog. */
export function uppermost(): string | undefined {
  return open.at(-1);
}
