/** Everything the window says, by name. Each language fills all of it: a missing key does not compile. */
export interface Words {
  /** BCP 47 tag, for the screen reader's voice and hyphenation. */
  readonly language: string;
  readonly promise: string;
  readonly lead: string;
  readonly facts: readonly Fact[];
  readonly today: { readonly title: string; readonly text: string; readonly help: string };
  readonly version: string;
  readonly licence: string;
}

/** One thing that is true of the product, with the icon that stands before it. */
export interface Fact {
  readonly icon: 'computer' | 'offline' | 'leave';
  readonly title: string;
  readonly text: string;
}
