/** Focus for the control that a step begins with. */
export function titled(element: HTMLElement): void {
  element.focus();
}
