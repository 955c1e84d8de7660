/** Something that is done when it is asked for: busy meanwhile, and what was refused if it was. */
import { Refused } from './refused';

export class Doing {
  busy = $state(false);
  fault = $state.raw<Refused>();

  /** Does it, unless something is being done already; whether it was done. */
  async run(act: () => unknown): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.fault = undefined;
    try {
      await act();
    } catch (thrown) {
      this.fault = Refused.of(thrown);
    }
    this.busy = false;
    return this.fault === undefined;
  }
}
