/** What happened with somebody, from codes and facts to sentences. Pure. */
import type { ContactChannel, Moment, RequestKind, SourceShown } from '../../lib/api';
import type { IconName } from '../../lib/design/icons';
import { say, t } from '../../lib/i18n';
import { listed } from './list';
import { howWord, lastDay, word } from './strip';

export type MomentKind = 'consent' | 'request' | 'data';

/** A line of the timeline. */
export interface Told {
  readonly id: string;
  readonly kind: MomentKind;
  readonly icon: IconName;
  readonly tone?: 'ok' | 'bad';
  /** The sentence: its beginning, what it is about, and its end. */
  readonly lead: string;
  readonly what: string;
  readonly tail: string;
  readonly second: string;
  readonly at: string;
  readonly request?: string;
  /** A merge that still stands, to be taken back. */
  readonly merge?: string;
}

/** What the sentences need to know beside the facts. */
export interface Around {
  readonly purpose: (key: string) => string;
  readonly sources: readonly SourceShown[];
}

type Facts = Readonly<Record<string, unknown>>;
type Line = Omit<Told, 'id' | 'at' | 'kind'> & { readonly at?: string };

const text = (facts: Facts, key: string): string => (typeof facts[key] === 'string' ? facts[key] : '');
const inner = (facts: Facts, key: string): Facts | undefined => {
  const value = facts[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Facts) : undefined;
};
const line = (icon: IconName, lead: string, what = '', tail = '', second = ''): Line => ({
  icon,
  lead,
  what,
  tail,
  second,
});

/** The lines, the latest first. Answers of one conversation that say the same are one line. */
export function toldOf(moments: readonly Moment[], around: Around): Told[] {
  const lines: Told[] = [];
  const apart = new Set(moments.map((moment) => text((moment.facts ?? {}) as Facts, 'unmerged')));
  for (const [index, moment] of moments.entries()) {
    const facts = (moment.facts ?? {}) as Facts;
    // Each of the two that became one, or came apart, tells of it.
    if (['contact_merged', 'contact_unmerged'].includes(moment.act) && moment.seq === moments[index - 1]?.seq) continue;
    const merge = text(facts, 'merge');
    const told = { ...lineOf(moment, facts, around), ...(merge && !apart.has(merge) && { merge }) };
    const before = lines.at(-1);
    const kind = kindOf(moment.act, facts);
    if (before && kind === 'consent' && told.what && sameTalk(before, told, moment)) {
      lines[lines.length - 1] = { ...before, what: joined(before.what, told.what) };
    } else lines.push({ at: moment.at, ...told, id: `${String(moment.seq)}-${String(index)}`, kind });
  }
  return lines.toReversed().toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

function sameTalk(before: Told, told: Line, moment: Moment): boolean {
  return (
    before.id.startsWith(`${String(moment.seq)}-`) &&
    before.lead === told.lead &&
    before.tail === told.tail &&
    before.second === told.second
  );
}

function joined(one: string, other: string): string {
  return `${one.replace(` ${t.contact.and} `, ', ')} ${t.contact.and} ${other}`;
}

function kindOf(act: string, facts: Facts): MomentKind {
  if (facts['event'] && !facts['request']) return 'consent';
  if (facts['objection'] ?? facts['proof']) return 'consent';
  return facts['request'] || act.startsWith('request_') ? 'request' : 'data';
}

function lineOf(moment: Moment, facts: Facts, around: Around): Line {
  const words = t.contact.timeline;
  if (facts['request']) return requestLine(facts);
  const event = inner(facts, 'event');
  if (event) return eventLine(event, around);
  const objection = inner(facts, 'objection');
  if (objection) return objectionLine(objection, around);
  const lock = inner(facts, 'restriction');
  if (lock) return lockLine(lock);
  const order = orderLine(moment, facts);
  if (order) return order;
  const informed = inner(facts, 'informed');
  if (informed && informed['how'] === 'knew') return line('mail', words.knew);
  if (informed) return line('mail', words.informed, '', `, ${howWord(text(informed, 'how'))}`);
  if (facts['uninformed']) return line('undo-2', words.uninformed);
  if (moment.act === 'imported') return importLine(facts, around);
  if (moment.act === 'import_undone') return line('undo-2', words.restored);
  if (moment.act === 'contact_merged') return line('merge', words.merged);
  if (moment.act === 'contact_unmerged') return line('split', words.unmerged);
  if (moment.act === 'contacts_distinct') return line('split', words.distinct);
  if (moment.act === 'contacts_alike') return line('undo-2', words.alike);
  const went = inner(facts, 'disclosure');
  if (went) return line('share-2', words.went, text(went, 'connection'), '', wentWith(went));
  const out = inner(facts, 'removed_at');
  if (out) return line('undo-2', words.cleared, text(out, 'connection'));
  if (moment.act === 'suppression_written')
    return line('undo-2', words.suppressed, text(inner(facts, 'suppressed') ?? {}, 'connection'));
  if (moment.act === 'proof_exported') return line('eye', words.viewed);
  const listed = inner(facts, 'listed');
  if (listed && listed['purpose'] === 'inform') return line('mail', words.notice[listed['channel'] as 'post']);
  if (moment.act === 'list_exported') return line('download', words.listed);
  if (moment.act === 'asking_prepared') return line('send', words.toAsk);
  if (moment.act === 'contact_exported' || text(facts, 'for')) return line('download', words.exported);
  if (moment.act === 'letter_made') return line('mail', words.letterMade);
  if (typeof facts['label'] === 'string')
    return line('tag', facts['added'] ? words.labelled : words.unlabelled, facts['label']);
  if (text(facts, 'renamed')) return line('pencil', words.renamed, text(facts, 'renamed'));
  if (facts['changed']) return changeLine(facts);
  if (facts['fields']) return line('user-plus', words.added, '', '', addedFrom(moment, around));
  return line('pencil', words.other);
}

function addedFrom(moment: Moment, around: Around): string {
  const source = around.sources.find((one) => one.kind === 'direct' && one.at === moment.at);
  if (!source) return '';
  return t.contact.privacy.came[source.text as keyof typeof t.contact.privacy.came] ?? source.text;
}

/** An erasure that was ordered, what keeps it waiting, and what else is shown to whoever asks. */
function orderLine(moment: Moment, facts: Facts): Line | undefined {
  const words = t.contact.timeline;
  const ordered = inner(facts, 'ordered');
  if (ordered) return line('trash-2', words.ordered, '', '', text(ordered, 'reason'));
  const hold = inner(facts, 'hold');
  if (hold) return line('hourglass', words.held, say.longDate(text(hold, 'until')), '', text(hold, 'reason'));
  if (facts['taken_back']) return line('undo-2', words.takenBack);
  if (moment.act === 'dossier_made') return line('shield-check', words.dossier);
  if (moment.act === 'breach_opened') return line('shield-alert', words.breach);
  return undefined;
}

/** What went to a connection. */
function wentWith(went: Facts): string {
  const keys = Array.isArray(went['fields']) ? went['fields'].filter((key) => typeof key === 'string') : [];
  return fieldWords(keys);
}

function eventLine(event: Facts, around: Around): Line {
  const words = t.contact.timeline;
  const answer = text(event, 'answer');
  const how = howWord(text(event, 'how'));
  const by = words.by(text(event, 'by'));
  const lead = words[answer as 'given'] ?? words.other;
  const looks: Readonly<Record<string, { icon: IconName; tone?: 'ok' | 'bad' }>> = {
    given: { icon: 'check', tone: 'ok' },
    confirmed: { icon: 'check', tone: 'ok' },
    refused: { icon: 'x', tone: 'bad' },
    withdrawn: { icon: 'undo-2', tone: 'bad' },
    corrected: { icon: 'rotate-ccw' },
    asked: { icon: 'send' },
  };
  const happened = typeof event['happened_at'] === 'number' ? new Date(event['happened_at']).toISOString() : undefined;
  return {
    ...(looks[answer] ?? { icon: 'handshake' }),
    lead,
    what: around.purpose(text(event, 'purpose')),
    tail: `, ${[how, by].filter(Boolean).join(' ')}`,
    second: details(event),
    ...(happened && { at: happened }),
  };
}

/** What else an answer says: channels, preference, how long, files, a note. */
function details(event: Facts): string {
  const words = t.contact.timeline;
  const channels = text(event, 'channels').split(',').filter(Boolean) as ContactChannel[];
  const prefer = text(event, 'prefer') as ContactChannel | '';
  const files = (Array.isArray(event['proofs']) ? event['proofs'] : []) as { name?: string }[];
  const first = [
    channels.length && text(event, 'answer') === 'given' ? words.on(listed(channels.map(word))) : '',
    prefer ? words.rather(word(prefer)) : '',
    text(event, 'expires') ? words.until(lastDay(text(event, 'expires'))) : '',
  ].filter(Boolean);
  const parts = [
    first.length ? `${say.sentence(first.join(', '))}.` : '',
    event['unconfirmed'] ? words.unconfirmed : '',
    files
      .map((file) => file.name ?? '')
      .filter(Boolean)
      .join(', '),
    text(event, 'note'),
  ];
  return parts.filter(Boolean).join(' ');
}

function objectionLine(objection: Facts, around: Around): Line {
  const words = t.contact.timeline;
  if (objection['lifted_at']) return line('undo-2', words.unobjected, '', '', text(objection, 'lifted_reason'));
  const what = text(objection, 'purpose') ? around.purpose(text(objection, 'purpose')) : words.marketing;
  const tail = [howWord(text(objection, 'how')), words.by(text(objection, 'by'))].filter(Boolean).join(' ');
  return { ...line('ban', words.objected, what, `, ${tail}`), tone: 'bad' };
}

function lockLine(lock: Facts): Line {
  const words = t.contact.timeline;
  if (!lock['lifted_at']) return line('lock-keyhole', words.restricted, '', '', text(lock, 'reason'));
  const told = text(lock, 'told_on') ? words.told(say.date(text(lock, 'told_on'))) : '';
  return line('lock-open', words.unrestricted, '', '', [text(lock, 'lifted_reason'), told].filter(Boolean).join(' '));
}

function requestLine(facts: Facts): Line {
  const words = t.contact.timeline;
  const step = text(facts, 'step') as keyof typeof words.requests;
  const what = t.names.requests[text(facts, 'kind') as RequestKind] ?? '';
  const opened = step === 'opened';
  const tail = opened ? `, ${howWord(text(facts, 'how'))}` : '';
  const said = opened && text(facts, 'words') ? `‘${text(facts, 'words')}’` : '';
  const due = opened && text(facts, 'due') ? words.due(say.by(text(facts, 'due'))) : '';
  const second = opened ? [said, due] : [text(inner(facts, 'event') ?? {}, 'reason')];
  const head = words.requests[step] ?? words.other;
  return { ...line('inbox', head, what, tail, second.filter(Boolean).join(' ')), request: text(facts, 'request') };
}

function importLine(facts: Facts, around: Around): Line {
  const words = t.contact.timeline;
  const row = Number(facts['line']);
  const file = around.sources.find((one) => one.file && one.row === row)?.file ?? words.importedFile;
  if (facts['fields']) return line('file-spreadsheet', words.imported(file, say.number(row)), '', '', words.noConsent);
  return line('file-spreadsheet', words.filled(file, say.number(row)));
}

function changeLine(facts: Facts): Line {
  const words = t.contact.timeline;
  const keys = (Array.isArray(facts['changed']) ? facts['changed'] : []).map((key) => String(key).split('.')[0] ?? '');
  const fields = [...new Set(keys)];
  const before = inner(facts, 'before') ?? {};
  const after = inner(facts, 'after') ?? {};
  const was = [...new Set(fields.map(plural))].map((key) => [read(before[key]), read(after[key])] as const);
  const old = was.filter(([one, other]) => one && one !== other).map(([one]) => one);
  const what = fieldWords(fields);
  return line('pencil', words.changed, what, '', old.length ? words.was(old.join(', ')) : '');
}

/** What people call these fields, in one phrase. */
function fieldWords(keys: readonly string[]): string {
  const names: Readonly<Record<string, string>> = t.names.fields;
  return listed(keys.map((key) => (names[key] ?? key.replaceAll('_', ' ')).toLocaleLowerCase()));
}

/** The key under which a draft keeps a field's values. */
function plural(key: string): string {
  return { email: 'emails', phone: 'phones', address: 'addresses', website: 'websites' }[key] ?? key;
}

/** A value of a draft, as text. */
function read(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  return value
    .map((one: unknown) => {
      if (typeof one === 'string') return one;
      const facts = (one ?? {}) as Facts;
      if (text(facts, 'value')) return text(facts, 'value');
      return ['street', 'extended', 'po_box', 'postal_code', 'city', 'country']
        .map((key) => text(facts, key))
        .filter(Boolean)
        .join(' ');
    })
    .filter(Boolean)
    .join(', ');
}
