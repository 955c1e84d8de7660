/** How the window looks and behaves on this computer. A change holds at once, and can be taken back. */
import { call, commands, type WindowSettings } from '../../lib/api';
import { t } from '../../lib/i18n';
import { reading, type Reading } from '../../lib/reading.svelte';
import { Refused } from '../../lib/refused';
import { toast } from '../../lib/toasts.svelte';
import { look } from '../../lib/vault.svelte';

export class WindowOf {
  #fault = $state.raw<Refused>();
  readonly #kept: Reading<WindowSettings> = reading(['settings'], () => call(commands.windowSettings()));

  get now(): WindowSettings | undefined {
    return this.#kept.value;
  }

  get fault(): Refused | undefined {
    return this.#fault ?? this.#kept.fault;
  }

  async set(change: Partial<WindowSettings>, said: () => string): Promise<void> {
    const before = this.now;
    if (!before) return;
    if (await this.#keep({ ...before, ...change })) {
      toast(said(), async () => {
        if (await this.#keep(before)) toast(t.settings.window.back);
      });
    }
  }

  async #keep(wanted: WindowSettings): Promise<boolean> {
    this.#fault = undefined;
    try {
      await call(commands.windowSet(wanted));
    } catch (thrown) {
      this.#fault = Refused.of(thrown);
    }
    await Promise.all([this.#kept.again(), look()]);
    return this.#fault === undefined;
  }
}
