/** New words for a purpose, until they are saved or thrown away. */
import { call, commands, type PurposeShown, type VersionShown } from '../../lib/api';
import { partsOf, textOf } from '../../lib/wording';
import { kept, LANGUAGES, type TextLanguage, type Texts } from './examples';

export class Revision {
  texts = $state<Texts>({ nl: partsOf(''), fr: partsOf(''), de: partsOf(''), en: partsOf('') });
  /** Whether something is added that needs a new yes. */
  material = $state<'yes' | 'no'>();
  /** The version that it changes. */
  readonly of: VersionShown | undefined;
  readonly #key: string;

  constructor(purpose: PurposeShown) {
    this.#key = purpose.key;
    this.of = purpose.versions.at(-1);
    const before = (language: TextLanguage) => partsOf(this.#before(language));
    this.texts = { nl: before('nl'), fr: before('fr'), de: before('de'), en: before('en') };
  }

  /** The languages in which something changed. */
  get changed(): TextLanguage[] {
    return LANGUAGES.filter((language) => this.#now(language) !== textOf(partsOf(this.#before(language))));
  }

  /** Those that have words and were not looked at since others changed. */
  get stale(): TextLanguage[] {
    const { changed } = this;
    if (!changed.length || this.onlyAdds) return [];
    return LANGUAGES.filter((language) => this.#before(language) && !changed.includes(language));
  }

  /** Only languages that had no words got some: the version stays. */
  get onlyAdds(): boolean {
    return this.of !== undefined && this.changed.every((language) => !this.#before(language));
  }

  /** The owner has to say whether something is added. */
  get needsWord(): boolean {
    return this.of !== undefined && this.changed.length > 0 && !this.onlyAdds;
  }

  /** Keeps the words; answers the version that they are. */
  async save(): Promise<number> {
    const filled = LANGUAGES.filter((language) => this.texts[language].question.trim() !== '');
    const added = this.changed.filter((language) => filled.includes(language));
    if (this.of && this.onlyAdds) return this.#add(added, this.of.version);
    const first = added[0] ?? filled[0];
    if (!first) return this.of?.version ?? 0;
    const wording = kept(this.texts, first);
    const version = await call(commands.purposeRevise(this.#key, wording, this.material === 'yes'));
    return this.#add(
      filled.filter((language) => language !== first),
      version,
    );
  }

  async #add(languages: readonly TextLanguage[], version: number): Promise<number> {
    for (const language of languages) await call(commands.purposeWord(this.#key, kept(this.texts, language), version));
    return version;
  }

  #before(language: TextLanguage): string {
    return this.of?.wordings.find((one) => one.language === language)?.text ?? '';
  }

  #now(language: TextLanguage): string {
    return textOf(this.texts[language]);
  }
}
