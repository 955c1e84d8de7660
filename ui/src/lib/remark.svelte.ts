/** What is wrong with a text that somebody typed. It is said until the text is another. */
export class Remark {
  readonly #text: () => string;
  #made = $state.raw<{ readonly said: string; readonly of: string }>();

  constructor(text: () => string) {
    this.#text = text;
  }

  get said(): string | undefined {
    return this.#made?.of === this.#text() ? this.#made.said : undefined;
  }

  make(said: string): void {
    this.#made = { said, of: this.#text() };
  }

  takeBack(): void {
    this.#made = undefined;
  }
}
