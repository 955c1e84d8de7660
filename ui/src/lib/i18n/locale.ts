/** The languages the window speaks. Adding one means a folder beside `nl` and `en`; the compiler then lists what it lacks. */
export type Language = 'nl' | 'en';

/** How figures and dates are written: the language, where it is spoken, and the zone in which days begin. */
export interface Locale {
  readonly language: Language;
  /** BCP 47, for Intl. */
  readonly tag: string;
  /** IANA name, or the computer's own when not said. */
  readonly zone?: string | undefined;
}

/** The locale of a language in a country. Dutch is written as in Belgium unless the business is in the Netherlands. */
export function localeOf(language: Language, country = 'BE', zone?: string): Locale {
  const tag = language === 'en' ? 'en-GB' : country === 'NL' ? 'nl-NL' : 'nl-BE';
  return { language, tag, zone };
}
