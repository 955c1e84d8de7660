/** Takes a step with a request: busy meanwhile, and what was refused if it was. */
import { call, commands, type RequestMoved, type StepIn } from '../../lib/api';
import { Refused } from '../../lib/refused';
import { toast } from '../../lib/toasts.svelte';

export class Stepping {
  busy = $state(false);
  fault = $state.raw<Refused>();

  /** Takes it; says so and ends when it was done. */
  async take(request: string, step: StepIn, said: (moved: RequestMoved) => string, end: () => void): Promise<void> {
    this.busy = true;
    this.fault = undefined;
    try {
      const moved = await call(commands.requestStep(request, step));
      toast(said(moved));
      end();
    } catch (thrown) {
      this.fault = Refused.of(thrown);
    } finally {
      this.busy = false;
    }
  }
}
