/** The answers to a question that is read aloud, with the letter for each. */
import { t } from '../../lib/i18n';
import type { Said } from './conversation.svelte';

export function answerChoices() {
  const { answer, answerKey: key } = t.consent;
  return [
    { value: 'yes' as Said, label: answer.yes, key: key.yes, tone: 'y' as const, icon: 'check' as const },
    { value: 'no' as Said, label: answer.no, key: key.no, tone: 'n' as const, icon: 'x' as const },
    { value: 'skip' as Said, label: answer.skip, key: key.skip, tone: 'u' as const },
  ];
}
