/** Files that people choose or drop. The page cannot name paths, so it sends what is in them, piece by piece. */
import { invoke } from '@tauri-apps/api/core';
import { call } from './api';
import { commands, type Meant } from './bindings';
import { Refused, type Refusal } from './refused';

/** What goes in one piece: 1 MB. */
const PIECE = 1 << 20;

/** Sends a file and gives the id by which other commands know it; `sent` hears how many bytes are through. */
export async function send(file: File, meant: Meant, sent?: (bytes: number) => void): Promise<string> {
  const id = await call(commands.fileBegin(file.name, file.size, meant));
  try {
    for (let at = 0; at < file.size; at += PIECE) {
      const piece = file.slice(at, at + PIECE);
      await invoke('file_piece', await piece.arrayBuffer(), { headers: { file: id } });
      sent?.(at + piece.size);
    }
    await call(commands.fileDone(id));
  } catch (thrown) {
    await forget(id);
    throw refused(thrown);
  }
  return id;
}

/** Says that nobody needs the file any more. */
export async function forget(id: string): Promise<void> {
  await call(commands.fileForget(id));
}

/** A bare command throws the office's refusal as it is. */
function refused(thrown: unknown): Refused {
  const bare = typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'facts' in thrown;
  return bare && !(thrown instanceof Refused) ? new Refused(thrown as Refusal) : Refused.of(thrown);
}
