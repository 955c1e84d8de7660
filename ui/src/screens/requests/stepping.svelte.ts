/** Takes a step with a request, or lets a letter about it go: into the outbox, or as a file. */
import {
  call,
  commands,
  type ReplyIn,
  type ReplySaved,
  type RequestMoved,
  type Saved,
  type StepIn,
} from '../../lib/api';
import { Doing } from '../../lib/doing.svelte';
import { t } from '../../lib/i18n';
import { fileName } from '../../lib/paths';
import { toast } from '../../lib/toasts.svelte';
import { newPassword } from './password';

export class Stepping extends Doing {
  /** The letter is in the outbox. */
  sent = $state(false);
  /** The letter is a file. */
  saved = $state.raw<Saved<ReplySaved>>();
  /** Opens the files that go along. */
  password = $state('');

  get gone(): boolean {
    return this.sent || this.saved !== undefined;
  }

  /** Takes it; says so and ends when it was done. */
  async take(request: string, step: StepIn, said: (moved: RequestMoved) => string, end: () => void): Promise<void> {
    await this.run(async () => {
      const moved = await call(commands.requestStep(request, step));
      toast(said(moved));
      end();
    });
  }

  /** Tells the person of a step: a mail takes it once it is out, a letter is made to be given today. */
  async tell(reply: ReplyIn, way: 'mail' | 'letter', end: () => void): Promise<void> {
    await (way === 'mail' ? this.mail(reply) : this.file(reply, false));
    if (this.gone) {
      toast(this.saved ? t.replies.kept.made(fileName(this.saved.path)) : t.replies.tell.queued);
      end();
    }
  }

  /** Into the outbox; files that go along are locked. */
  async mail(reply: ReplyIn): Promise<void> {
    const secret = reply.pack === null ? '' : newPassword();
    await this.run(async () => {
      await call(commands.replySend(reply, secret || null));
      this.password = secret;
      this.sent = true;
    });
  }

  /** As files where exports go. A step that the letter tells of is taken at once. */
  async file(reply: ReplyIn, locked: boolean): Promise<void> {
    const secret = locked && reply.pack !== null ? newPassword() : '';
    await this.run(async () => {
      this.saved = await call(commands.replySave(reply, secret || null));
      this.password = secret;
    });
  }
}
