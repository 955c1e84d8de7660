/** What the dialog about a yes on paper holds, and what of it is missing. */
import type { BatchIn, ContactChannel, How, PurposeShown } from '../../lib/api';
import { t } from '../../lib/i18n';
import { today } from '../../lib/today.svelte';
import { Proofs } from '../call/proofs.svelte';

/** Whose it is. */
export interface Whose {
  readonly contacts?: readonly string[];
  readonly import?: string;
}

export class Signing {
  key = $state('');
  how = $state.raw<How[]>([]);
  on = $state('');
  version = $state('');
  /** The language of the text on the paper; empty is the first that there is. */
  language = $state('');
  ways = $state.raw<ContactChannel[]>([]);
  until = $state('');
  note = $state('');
  explicit = $state(false);
  tried = $state(false);
  readonly proofs = new Proofs();
  readonly #whose: Whose;

  constructor(whose: Whose) {
    this.#whose = whose;
  }

  /** What can be asked as it stands: the day is known. */
  plan(purpose: PurposeShown): BatchIn | undefined {
    if (!this.on || this.on > today()) return undefined;
    return {
      contacts: [...(this.#whose.contacts ?? [])],
      import: this.#whose.import ?? null,
      purpose: purpose.key,
      how: this.how[0] ?? 'letter',
      on: this.on,
      version: this.version ? Number(this.version) : null,
      language: null,
      channels: this.ways.filter((way) => purpose.channels.includes(way)),
      until: this.until || null,
      note: this.note,
      // Whoever has not ticked it cannot save.
      explicit: purpose.special,
      attach: this.proofs.ids,
    };
  }

  /** What is missing, by field; nothing before somebody tried to save. */
  wrong(purpose: PurposeShown): Partial<Record<'how' | 'on' | 'ways' | 'explicit' | 'files', string>> {
    if (!this.tried) return {};
    const words = t.signed.missing;
    const files = this.proofs.missing;
    return {
      ...(this.how.length ? {} : { how: words.how }),
      ...(this.on ? (this.on > today() ? { on: words.ahead } : {}) : { on: words.on }),
      ...(purpose.channels.some((way) => this.ways.includes(way)) ? {} : { ways: words.ways }),
      ...(purpose.special && !this.explicit ? { explicit: words.explicit } : {}),
      ...(files ? { files: t.consent.foot[files] } : {}),
    };
  }
}
