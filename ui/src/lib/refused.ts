/** A refusal as the office gives it: a code, values for the sentence about it, and what the machine said. */
export interface Refusal {
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly details: string;
}

/** What `call` throws when the office refuses. The words are in problems.ts. */
export class Refused extends Error {
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly details: string;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = 'Refused';
    this.code = refusal.code;
    this.facts = refusal.facts;
    this.details = refusal.details;
  }

  /** Anything that was thrown, as a refusal. */
  static of(thrown: unknown): Refused {
    if (thrown instanceof Refused) return thrown;
    return new Refused({ code: 'unknown', facts: {}, details: String(thrown) });
  }

  /** The file, or what stands beside it, is not as the vault left it: only the owner can say that this is meant. */
  get putBack(): boolean {
    return this.code === 'vault_rolled_back' || this.code === 'settings_damaged';
  }

  /** The fact of this name, as text; empty where there is none. */
  fact(name: string): string {
    const value = this.facts[name];
    return value === undefined || value === null ? '' : String(value);
  }
}
