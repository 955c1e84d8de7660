const PATIENCE_MS = 1500;

/**
 * Brings focus to a new screen's title, so that a screen reader says where one is. A title may come with the data; until
 * then focus waits on the screen itself. Where the screen put the focus somewhere of its own, it stays.
 */
export function focusTitle(main: HTMLElement): void {
  if (main.contains(document.activeElement) && document.activeElement !== main) return;
  main.focus({ preventScroll: true });
  const until = performance.now() + PATIENCE_MS;
  const seek = () => {
    if (document.activeElement !== main) return;
    const title = main.querySelector<HTMLElement>('h1[tabindex]');
    if (title) title.focus({ preventScroll: true });
    else if (performance.now() < until) requestAnimationFrame(seek);
  };
  seek();
}
