/** Choices as they are typed: one per line. Pure. */

/** The choices that the lines name; an empty line is none. */
export function choicesIn(lines: string): string[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
