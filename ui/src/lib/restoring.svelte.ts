/** Whether the person wants to put a backup back: the vault is closed for it, and the wish must outlive that. */
let wished = $state(false);

export function isRestoring(): boolean {
  return wished;
}

/** The person wants to, or not any more. */
export function wishToRestore(on: boolean): void {
  wished = on;
}
