import type { IconName } from './icons';

/** The statuses of SPEC §1, as the office names them. */
export type ConsentLook =
  'not_asked' | 'asked' | 'awaiting_confirmation' | 'given' | 'refused' | 'withdrawn' | 'expired';

interface Look {
  readonly tone: 'ok' | 'warn' | 'bad' | 'off';
  readonly icon: IconName;
  /** The class of Dot; none where its drawing has its own colour. */
  readonly dot?: 'ja' | 'wacht' | 'nee' | 'weg';
  /**
   * By this class Dot draws it without its icon: with an SVG in each row of a long list, a key takes half as long again to be
   * painted.
   */
  readonly drawn?: 'check' | 'cross' | 'none';
}

/** How each status looks wherever it is shown: colour, drawing and word always go together. */
export const looks: Readonly<Record<ConsentLook, Look>> = {
  given: { tone: 'ok', icon: 'check', dot: 'ja', drawn: 'check' },
  awaiting_confirmation: { tone: 'warn', icon: 'hourglass', dot: 'wacht' },
  asked: { tone: 'warn', icon: 'clock', dot: 'wacht' },
  refused: { tone: 'bad', icon: 'x', dot: 'nee', drawn: 'cross' },
  withdrawn: { tone: 'bad', icon: 'undo-2', dot: 'nee' },
  expired: { tone: 'off', icon: 'calendar-x', dot: 'weg' },
  not_asked: { tone: 'off', icon: 'circle-dashed', drawn: 'none' },
};
