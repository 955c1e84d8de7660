/** Choices as they are typed: one per line. Pure. */

/** The choices that the lines name; an empty line is none. */
export function choicesIn(lines: string): string[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** The lines with another text for one choice. */
export function renamedIn(lines: string, from: string, to: string): string {
  return lines
    .split('\n')
    .map((line) => (line.trim() === from ? to : line))
    .join('\n');
}
