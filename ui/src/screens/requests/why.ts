/** Why a request is due on a day, step by step, in words. */
import type { Explained, StepShown } from '../../lib/api';
import { say, t } from '../../lib/i18n';

/** What a day is on which nobody works. */
function free(step: StepShown): string | undefined {
  const words = t.requests.why;
  if (step.code === 'saturday') return words.saturday;
  if (step.code === 'sunday') return words.sunday;
  if (step.code === 'holiday') return t.requests.holidays[step.name] ?? step.name;
  return undefined;
}

/** The steps up to the day on which the period itself runs out. */
function counted(step: StepShown): string | undefined {
  const words = t.requests.why;
  if (step.code === 'months') return words.months(say.date(step.from), step.months, say.date(step.date));
  if (step.code === 'no_such_day') return words.noSuchDay(say.date(step.from), step.months, say.date(step.date));
  if (step.code === 'paused') return words.paused(step.days, say.date(step.date));
  return undefined;
}

/** "31 januari plus één maand bestaat niet, dus 28 februari. Dat is een zaterdag, en dan telt de eerstvolgende werkdag: …" */
export function whyWords(deadline: Explained): string {
  const words = t.requests.why;
  const sentences = deadline.steps.map(counted).filter((said) => said !== undefined);
  const closed = deadline.steps.filter((step) => free(step) !== undefined);
  const [first] = closed;
  if (first) {
    const day = say.day(dueDay(deadline));
    // After a Saturday everybody expects the Sunday; a holiday has to be said.
    const others = closed.slice(1).filter((step) => step.code === 'holiday');
    const named = others.map((step) => words.dayIs(say.date(step.date), free(step) ?? ''));
    const then = named.length > 0 ? `. ${words.so(named.join(words.and), day)}` : words.next(day);
    sentences.push(words.isThen(free(first) ?? '') + then);
  }
  return sentences.join(' ');
}

/** The day by which the answer must be out. */
export function dueDay(deadline: Explained): string {
  return deadline.due.slice(0, 10);
}
