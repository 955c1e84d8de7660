/** The lines of the audit log by the day they are of, and the drawing before each. Pure. */
import type { LogArea, LogLine } from '../../lib/api';
import type { IconName } from '../../lib/design/icons';

export interface Day {
  readonly day: string;
  readonly lines: readonly LogLine[];
}

/** In the order in which they come; instants are in the business's zone already. */
export function byDay(lines: readonly LogLine[]): Day[] {
  const days: { day: string; lines: LogLine[] }[] = [];
  for (const line of lines) {
    const day = line.at.slice(0, 10);
    const last = days.at(-1);
    if (last?.day === day) last.lines.push(line);
    else days.push({ day, lines: [line] });
  }
  return days;
}

export const AREAS: readonly LogArea[] = ['consent', 'requests', 'outside', 'changes', 'vault'];

/** Each drawing with the beginnings of the codes that it stands for; the first that fits is taken. */
const DRAWN: readonly (readonly [IconName, readonly string[]])[] = [
  ['trash-2', ['erased', 'erasure_']],
  ['ban', ['reentry_', 'objection_', 'suppression_']],
  ['lock-keyhole', ['contact_restricted', 'hold_set']],
  ['lock-open', ['contact_unrestricted', 'unblocked']],
  ['merge', ['contact_merged', 'contacts_alike']],
  ['split', ['contact_unmerged', 'contacts_distinct']],
  ['user-plus', ['contact_added']],
  ['undo-2', ['import_undone', 'call_undone', 'people_uninformed', 'rollback_', 'backup_restored']],
  ['file-up', ['imported']],
  ['check', ['consent_', 'call_recorded']],
  ['share-2', ['connection_fed']],
  ['plug', ['connection_']],
  ['shield-alert', ['breach_']],
  ['shield-check', ['dossier_']],
  ['download', ['contact_exported', 'everything_', 'list_exported', 'register_']],
  ['eye', ['proof_']],
  ['inbox', ['request_']],
  ['mail', ['mail_', 'letter_', 'asking_', 'people_informed']],
  ['key-round', ['keys_', 'vault_made']],
  ['clock', ['clock_']],
  ['settings-2', ['business_', 'field_', 'purpose_', 'mapping_']],
];

export function drawn(act: string): IconName {
  return DRAWN.find(([, codes]) => codes.some((code) => act.startsWith(code)))?.[0] ?? 'pencil';
}
