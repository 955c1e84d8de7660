import type { IconName } from './icons';

/** The statuses of SPEC §1, as the office names them. */
export type ConsentLook =
  'not_asked' | 'asked' | 'awaiting_confirmation' | 'given' | 'refused' | 'withdrawn' | 'expired';

interface Look {
  readonly tone: 'ok' | 'warn' | 'bad' | 'off';
  readonly icon: IconName;
  /** The class of Dot; none where its drawing has its own colour. */
  readonly dot?: 'ja' | 'wacht' | 'nee' | 'weg';
}

/** How each status looks wherever it is shown: colour, drawing and word always go together. */
export const looks: Readonly<Record<ConsentLook, Look>> = {
  given: { tone: 'ok', icon: 'check', dot: 'ja' },
  awaiting_confirmation: { tone: 'warn', icon: 'hourglass', dot: 'wacht' },
  asked: { tone: 'warn', icon: 'clock', dot: 'wacht' },
  refused: { tone: 'bad', icon: 'x', dot: 'nee' },
  withdrawn: { tone: 'bad', icon: 'undo-2', dot: 'nee' },
  expired: { tone: 'off', icon: 'calendar-x', dot: 'weg' },
  not_asked: { tone: 'off', icon: 'circle-dashed' },
};

/**
 * The drawings that stand in each row of a long list, by the class that draws them: with an SVG in each, a key takes half as
 * long again to be painted.
 */
export const DRAWN: Partial<Record<IconName, string>> = {
  check: 'dot--check',
  x: 'dot--cross',
  'circle-dashed': 'dot--none',
};
