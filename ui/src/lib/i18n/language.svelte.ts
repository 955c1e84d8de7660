/** The language the window speaks now, and where. Whatever reads it is drawn again when it changes. */
import { en } from './en';
import { localeOf, type Language, type Locale } from './locale';
import { nl, type Words } from './nl';

const catalogue: Readonly<Record<Language, Words>> = { nl, en };

let locale = $state.raw<Locale>(localeOf('nl'));

export function currentLocale(): Locale {
  return locale;
}

export function currentWords(): Words {
  return catalogue[locale.language];
}

/** Speaks this language from now on, on the page's root too: for the screen reader's voice and for hyphens. */
export function speak(language: Language, country?: string, zone?: string): void {
  const next = localeOf(language, country, zone);
  if (next.tag === locale.tag && next.zone === locale.zone) return;
  locale = next;
  document.documentElement.lang = locale.tag;
}
