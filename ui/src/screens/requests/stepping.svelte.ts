/** Takes a step with a request: busy meanwhile, and what was refused if it was. */
import { call, commands, type ReplyIn, type RequestMoved, type StepIn } from '../../lib/api';
import { t } from '../../lib/i18n';
import { fileName } from '../../lib/paths';
import { Refused } from '../../lib/refused';
import { toast } from '../../lib/toasts.svelte';

export class Stepping {
  busy = $state(false);
  fault = $state.raw<Refused>();

  /** Takes it; says so and ends when it was done. */
  async take(request: string, step: StepIn, said: (moved: RequestMoved) => string, end: () => void): Promise<void> {
    await this.#do(async () => {
      const moved = await call(commands.requestStep(request, step));
      toast(said(moved));
      end();
    });
  }

  /** Tells the person of it: a mail takes the step once it is out, a letter is made to be given today. */
  async tell(reply: ReplyIn, way: 'mail' | 'letter', end: () => void): Promise<void> {
    await this.#do(async () => {
      if (way === 'letter') {
        const { path } = await call(commands.replySave(reply, null));
        toast(t.replies.kept.made(fileName(path)));
      } else {
        await call(commands.replySend(reply, null));
        toast(t.replies.tell.queued);
      }
      end();
    });
  }

  async #do(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.fault = undefined;
    try {
      await act();
    } catch (thrown) {
      this.fault = Refused.of(thrown);
    } finally {
      this.busy = false;
    }
  }
}
