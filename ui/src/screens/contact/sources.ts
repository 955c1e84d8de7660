/** Where a contact's data came from, as sentences. Pure. */
import type { SourceShown } from '../../lib/api';
import { say, t } from '../../lib/i18n';

export interface Came {
  readonly key: string;
  readonly text: string;
  /** What follows from it that is still to be done. */
  readonly warning: string;
  readonly at: string;
  /** The file's SHA-256, by which it is known again. */
  readonly hash: string;
}

/** The sources, the first first. A change by hand is in the timeline and no source of its own. */
export function cameOf(sources: readonly SourceShown[]): Came[] {
  const first = sources.filter((source) => !(source.kind === 'direct' && source.text === 'edited'));
  return first.map((source, index) => ({
    key: `${source.at}-${String(index)}`,
    text: sentence(source),
    warning: t.contact.privacy.origin[source.origin as 'self'] ?? '',
    at: source.at,
    hash: source.sha256 ?? '',
  }));
}

function sentence(source: SourceShown): string {
  const words = t.contact.privacy;
  const when = words.on(say.date(source.at), source.by);
  const left = [source.url, source.place, source.ip];
  if (source.file) {
    const from = source.row === null ? source.file : words.from(source.file, say.number(source.row));
    return `${[`${words.imported} ${when}`, from, ...left].filter(Boolean).join(', ')}.`;
  }
  const known = words.came[source.text as keyof typeof words.came] ?? '';
  const beside = [known ? '' : source.text, ...left].filter(Boolean).join(', ');
  return `${known || words.typed} ${when}${beside ? `: ${beside}` : ''}.`;
}
