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
    const words = (languages: readonly TextLanguage[]) => languages.map((language) => kept(this.texts, language));
    if (!filled.length) return this.of?.version ?? 0;
    return this.of && this.onlyAdds
      ? call(commands.purposeWord(this.#key, words(added), this.of.version))
      : call(commands.purposeRevise(this.#key, words(filled), this.material === 'yes'));
  }

  #before(language: TextLanguage): string {
    return this.of?.wordings.find((one) => one.language === language)?.text ?? '';
  }

  #now(language: TextLanguage): string {
    return textOf(this.texts[language]);
  }
}
