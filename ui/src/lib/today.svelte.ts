/** The day it is at the business, told by the office with each state of the vault; until then by this computer. */
let day = $state(localDay());

function localDay(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function today(): string {
  return day;
}

/** It is another day now. */
export function turnTo(other: string): void {
  if (other !== day) day = other;
}
