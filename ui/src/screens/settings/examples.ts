/** Ready purposes to begin with. The texts are for customers, so in their languages, not in the window's. */
import type { ContactChannel } from '../../lib/api';
import { textOf } from '../../lib/wording';

export const LANGUAGES = ['nl', 'fr', 'de', 'en'] as const;
export type TextLanguage = (typeof LANGUAGES)[number];

export interface Text {
  heading: string;
  question: string;
  rest: string;
}
export type Texts = Record<TextLanguage, Text>;

export type ExampleName = 'newsletter' | 'reminder' | 'photos' | 'satisfaction' | 'empty';

export interface Example {
  readonly name: ExampleName;
  readonly marketing: boolean;
  readonly channels: readonly ContactChannel[];
  readonly lasts: string;
  readonly texts: Texts;
}

const text = (question = '', rest = ''): Text => ({ heading: '', question, rest });

const examples: readonly Example[] = [
  {
    name: 'newsletter',
    marketing: true,
    channels: ['email'],
    lasts: 'P2Y',
    texts: {
      nl: text(
        'Mogen we u elke maand onze nieuwsbrief mailen?',
        'We gebruiken uw naam en e-mailadres om u onze nieuwsbrief te sturen, met nieuws en aanbiedingen. U kunt altijd stoppen: een telefoontje of een mailtje volstaat.',
      ),
      fr: text(
        'Pouvons-nous vous envoyer notre lettre d’information chaque mois par e-mail ?',
        'Nous utilisons votre nom et votre adresse e-mail pour vous envoyer nos nouvelles et nos offres. Vous pouvez arrêter à tout moment : un coup de fil ou un e-mail suffit.',
      ),
      de: text(
        'Dürfen wir Ihnen jeden Monat unseren Newsletter per E-Mail schicken?',
        'Wir verwenden Ihren Namen und Ihre E-Mail-Adresse, um Ihnen Neuigkeiten und Angebote zu schicken. Sie können jederzeit aufhören: ein Anruf oder eine E-Mail genügt.',
      ),
      en: text(
        'May we e-mail you our newsletter every month?',
        'We use your name and e-mail address to send you our news and offers. You can stop at any time: a phone call or an e-mail is enough.',
      ),
    },
  },
  {
    name: 'reminder',
    marketing: false,
    channels: ['email', 'sms', 'phone'],
    lasts: '',
    texts: {
      nl: text(
        'Mogen we u verwittigen als u weer aan de beurt bent?',
        'We gebruiken uw naam en uw nummer of e-mailadres om u te herinneren aan een afspraak of een beurt. Voor niets anders. U kunt altijd stoppen.',
      ),
      fr: text(
        'Pouvons-nous vous prévenir quand c’est de nouveau votre tour ?',
        'Nous utilisons votre nom et votre numéro ou votre adresse e-mail pour vous rappeler un rendez-vous. Pour rien d’autre. Vous pouvez arrêter à tout moment.',
      ),
      de: text(
        'Dürfen wir Sie benachrichtigen, wenn Sie wieder an der Reihe sind?',
        'Wir verwenden Ihren Namen und Ihre Nummer oder E-Mail-Adresse, um Sie an einen Termin zu erinnern. Für nichts anderes. Sie können jederzeit aufhören.',
      ),
      en: text(
        'May we let you know when you are due again?',
        'We use your name and your number or e-mail address to remind you of an appointment. For nothing else. You can stop at any time.',
      ),
    },
  },
  {
    name: 'photos',
    marketing: false,
    channels: ['in_person'],
    lasts: 'P5Y',
    texts: {
      nl: text(
        'Mogen we een foto waarop u te herkennen bent op onze website zetten?',
        'De foto staat op onze website en op onze pagina’s. Trekt u uw toestemming in, dan halen we ze weg.',
      ),
      fr: text(
        'Pouvons-nous publier sur notre site une photo où l’on vous reconnaît ?',
        'La photo figure sur notre site et sur nos pages. Si vous changez d’avis, nous la retirons.',
      ),
      de: text(
        'Dürfen wir ein Foto, auf dem Sie zu erkennen sind, auf unsere Website stellen?',
        'Das Foto steht auf unserer Website und auf unseren Seiten. Nehmen Sie Ihre Einwilligung zurück, entfernen wir es.',
      ),
      en: text(
        'May we put a photo on which you can be recognised on our website?',
        'The photo is on our website and on our pages. If you take your consent back, we remove it.',
      ),
    },
  },
  {
    name: 'satisfaction',
    marketing: false,
    channels: ['email', 'phone', 'sms'],
    lasts: 'P1Y',
    texts: {
      nl: text(
        'Mogen we u achteraf vragen of alles goed was?',
        'We gebruiken uw naam en uw nummer of e-mailadres om één keer te vragen hoe het was. We geven uw antwoord aan niemand door.',
      ),
      fr: text(
        'Pouvons-nous vous demander ensuite si tout s’est bien passé ?',
        'Nous utilisons votre nom et votre numéro ou votre adresse e-mail pour vous demander une seule fois votre avis. Nous ne transmettons votre réponse à personne.',
      ),
      de: text(
        'Dürfen wir Sie danach fragen, ob alles gut war?',
        'Wir verwenden Ihren Namen und Ihre Nummer oder E-Mail-Adresse, um Sie einmal zu fragen, wie es war. Wir geben Ihre Antwort an niemanden weiter.',
      ),
      en: text(
        'May we ask you afterwards whether everything was fine?',
        'We use your name and your number or e-mail address to ask you once how it was. We pass your answer on to nobody.',
      ),
    },
  },
  {
    name: 'empty',
    marketing: false,
    channels: ['email', 'phone', 'sms', 'post'],
    lasts: '',
    texts: { nl: text(), fr: text(), de: text(), en: text() },
  },
];

export const exampleNames = examples.map(({ name }) => name);

export function exampleOf(name: string): Example | undefined {
  return examples.find((example) => example.name === name);
}

/** Languages with something in them, the business's first. */
export function written(texts: Texts, first: string): TextLanguage[] {
  const filled = LANGUAGES.filter((language) => texts[language].question.trim() !== '');
  return filled.toSorted((one, other) => Number(other === first) - Number(one === first));
}

/** A text as it is kept. */
export function kept(texts: Texts, language: TextLanguage): { language: string; text: string } {
  return { language, text: textOf(texts[language]) };
}
