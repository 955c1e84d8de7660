/** A purpose's wording: what is asked, and what is done with it. */

export interface Wording {
  /** A title that stands above it on paper; empty where there is none. */
  readonly heading: string;
  /** What is read aloud. */
  readonly question: string;
  /** What is told to who wants to know more. */
  readonly rest: string;
}

/** The parts of a text: after a heading the first paragraph is the question, the others say more. */
export function partsOf(text: string): Wording {
  const lines = text.replaceAll('\r\n', '\n').trim().split('\n');
  const heading = /^#+\s+(.*)$/.exec(lines[0] ?? '')?.[1]?.trim() ?? '';
  const body = (heading ? lines.slice(1) : lines).join('\n').trim();
  const [question = '', ...rest] = body.split(/\n[ \t]*\n/);
  return { heading, question: plain(question), rest: rest.join('\n\n').trim() };
}

/** One text of the parts again. */
export function textOf({ heading, question, rest }: Wording): string {
  return [heading && `# ${heading}`, question.trim(), rest.trim()].filter(Boolean).join('\n\n');
}

/** One line, without the marks of Markdown that nobody reads aloud. */
function plain(paragraph: string): string {
  return paragraph
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/\*\*|__|`/g, '')
    .trim();
}
