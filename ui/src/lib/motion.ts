/** The duration in milliseconds, or none for who asked the system for less motion. */
export function calm(duration: number): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : duration;
}
