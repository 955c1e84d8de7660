/** What the owner reads aloud around the purposes' own questions, in the language of the conversation, not of the window. */

export type SpokenLanguage = 'nl' | 'fr' | 'de' | 'en';

export interface Spoken {
  readonly opening: string;
  readonly ways: string;
  readonly prefer: string;
  readonly lasting: string;
  /** May data be passed on to this connection, for what was agreed to? */
  readonly share: (connection: string) => string;
}

const scripts: Readonly<Record<SpokenLanguage, Spoken>> = {
  nl: {
    opening:
      'Ik stel u graag nog enkele korte vragen. Ik schrijf uw antwoord op. U kunt het altijd weer intrekken: een telefoontje of een mailtje volstaat.',
    ways: 'Langs welke wegen mag dat?',
    prefer: 'En wat hebt u het liefst?',
    lasting: 'Hoelang mag dat blijven gelden?',
    share: (connection) => `Mogen we uw gegevens daarvoor doorgeven aan ${connection}?`,
  },
  fr: {
    opening:
      'J’aimerais encore vous poser quelques brèves questions. Je note votre réponse. Vous pouvez toujours revenir sur votre accord : un coup de fil ou un e-mail suffit.',
    ways: 'Par quels moyens pouvons-nous le faire ?',
    prefer: 'Et que préférez-vous ?',
    lasting: 'Combien de temps votre accord est-il valable ?',
    share: (connection) => `Pouvons-nous pour cela transmettre vos données à ${connection} ?`,
  },
  de: {
    opening:
      'Ich möchte Ihnen noch ein paar kurze Fragen stellen. Ich schreibe Ihre Antwort auf. Sie können sie jederzeit zurücknehmen: ein Anruf oder eine E-Mail genügt.',
    ways: 'Auf welchen Wegen dürfen wir das?',
    prefer: 'Und was ist Ihnen am liebsten?',
    lasting: 'Wie lange darf das gelten?',
    share: (connection) => `Dürfen wir Ihre Daten dafür an ${connection} weitergeben?`,
  },
  en: {
    opening:
      'I would like to ask you a few short questions. I will write down your answer. You can always take it back: a phone call or an e-mail is enough.',
    ways: 'In which ways may we do that?',
    prefer: 'And which do you like best?',
    lasting: 'How long may that hold?',
    share: (connection) => `May we pass your data on to ${connection} for that?`,
  },
};

/** A language that the script is written in: this one, else the business's, else English. */
export function scriptIn(language: string, business: string): { language: SpokenLanguage; words: Spoken } {
  const found = [language, business, 'en'].find((one): one is SpokenLanguage => one in scripts) ?? 'en';
  return { language: found, words: scripts[found] };
}
