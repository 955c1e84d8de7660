/** Lets a letter go: into the outbox, or as a file; busy meanwhile, and what was refused if it was. */
import { call, commands, type ReplyIn, type ReplySaved, type Saved } from '../../lib/api';
import { Refused } from '../../lib/refused';
import { newPassword } from './password';

export class Going {
  busy = $state(false);
  fault = $state.raw<Refused>();
  /** It is in the outbox. */
  sent = $state(false);
  /** It is a file. */
  saved = $state.raw<Saved<ReplySaved>>();
  /** Opens the files that go along. */
  password = $state('');

  get gone(): boolean {
    return this.sent || this.saved !== undefined;
  }

  /** Into the outbox; files that go along are locked. */
  async mail(reply: ReplyIn): Promise<void> {
    const secret = reply.pack === null ? '' : newPassword();
    await this.#go(secret, async () => {
      await call(commands.replySend(reply, secret || null));
      this.sent = true;
    });
  }

  /** As files where exports go. A step that the letter tells of is taken at once. */
  async file(reply: ReplyIn, locked: boolean): Promise<void> {
    const secret = locked && reply.pack !== null ? newPassword() : '';
    await this.#go(secret, async () => {
      this.saved = await call(commands.replySave(reply, secret || null));
    });
  }

  async #go(secret: string, act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.fault = undefined;
    try {
      await act();
      this.password = secret;
    } catch (thrown) {
      this.fault = Refused.of(thrown);
    } finally {
      this.busy = false;
    }
  }
}
