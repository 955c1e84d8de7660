/** Which letter answers a request, and what goes with it. Pure. */
import type { PackIn, ReplyIn, RequestShown, StepIn } from '../../lib/api';

interface Answer {
  readonly letter: string;
  readonly pack: PackIn | null;
  /** The owner may add words of their own. */
  readonly words: boolean;
}

export function answerOf(request: RequestShown): Answer {
  if (request.contact === null) return { letter: 'nothing', pack: null, words: true };
  switch (request.kind) {
    case 'access':
      return { letter: 'access', pack: 'access', words: false };
    case 'portability':
      return { letter: 'answer', pack: 'portability', words: true };
    case 'erasure':
      return { letter: 'erased', pack: null, words: false };
    case 'restriction':
    case 'withdrawal':
      return { letter: request.kind, pack: null, words: true };
    case 'objection':
      // What was weighed is what the letter says.
      return { letter: 'objection', pack: null, words: !request.events.some((event) => event.code === 'weighed') };
    case 'rectification':
    case 'automated_decision':
      return { letter: 'answer', pack: null, words: true };
  }
}

/** A letter about a request, with what it has beside its text. */
function about(request: RequestShown, letter: string, more: Partial<ReplyIn> = {}): ReplyIn {
  return { request: request.id, letter, step: null, said: [], pack: null, ...more };
}

/** The letter that answers it, with what the owner adds. Erasing answers a request by itself. */
export function answering(request: RequestShown, said: string): ReplyIn {
  const { letter, pack, words } = answerOf(request);
  const added: [string, string][] = words && said.trim() ? [['reason', said.trim()]] : [];
  const step: StepIn | null = request.kind === 'erasure' ? null : { step: 'answered', on: null };
  return about(request, letter, { step, said: added, pack });
}

/** The letter that tells of a step. */
export function telling(request: RequestShown, letter: 'identity' | 'extension' | 'refusal', step: StepIn): ReplyIn {
  return about(request, letter, { step });
}

/** A letter that can always be written: by it the page knows how the person is reached. */
export function reaching(request: RequestShown): ReplyIn {
  return about(request, 'identity', { said: [['reason', '—']] });
}

/** A lock will be lifted; the person hears of it before. */
export function lifting(request: RequestShown, why: string): ReplyIn {
  return about(request, 'restriction_lifted', { said: [['reason', why]] });
}

/** The form with what is held, for the person to correct. */
export function form(request: RequestShown): ReplyIn {
  return about(request, 'rectification', { pack: 'rectification' });
}

/** Who got the data and heard of the change, where the person asks. */
export function told(request: RequestShown): ReplyIn {
  return about(request, 'recipients_told');
}
