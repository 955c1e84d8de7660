/** Where the days of a request stand on its line. Pure. */
import type { RequestShown } from '../../lib/api';
import { say, t } from '../../lib/i18n';
import { daysBetween } from '../../lib/i18n/dates';
import { isClosed } from './moves';

/** How far apart two points must be, in percent, for both of their words to stand in the middle. */
const ROOM = 19;
/** Nearer to an end than this, words begin or end there. */
const EDGE = 9;
/** The same for a point whose neighbour's words begin or end at an end of the line. */
const ROOM_AT_END = 38;

type Kind = 'received' | 'target' | 'today' | 'due' | 'extended' | 'closed';
type Side = 'start' | 'middle' | 'before' | 'after' | 'end';

export interface Point {
  readonly kind: Kind;
  readonly day: string;
  readonly title: string;
  readonly text: string;
  /** Percent from the left. */
  readonly at: number;
  readonly side: Side;
  /** Its words stand above the line. */
  readonly up: boolean;
}

export interface Line {
  readonly points: readonly Point[];
  /** Percent of the line that lies behind, and that is left until the answer. */
  readonly past: number;
  readonly left: number;
  readonly tone: 'ok' | 'warn' | 'bad' | 'off';
  /** Something lies beyond the due day. */
  readonly ahead: boolean;
}

/** The line of a request. `extended` is where an extension would end, if it is still possible. */
export function lineOf(request: RequestShown, today: string, extended: string | undefined): Line {
  const start = request.received.slice(0, 10);
  const over = isClosed(request);
  const now = over ? (request.closed_on ?? request.due) : today;
  const last = [request.due, now, extended ?? ''].reduce((a, b) => (a > b ? a : b));
  const whole = Math.max(1, daysBetween(start, last));
  const at = (day: string) => Math.min(100, Math.max(0, (100 * daysBetween(start, day)) / whole));
  const words = t.requests.dates;

  const below: Draft[] = [
    { kind: 'received', day: start, title: words.received, text: words.by(say.date(start), howOf(request)) },
    {
      kind: 'due',
      day: request.due,
      title: over ? words.due : say.sentence(say.left(request.due)),
      text: say.day(request.due),
    },
    ...(extended === undefined
      ? []
      : [{ kind: 'extended' as const, day: extended, title: words.extended, text: say.day(extended) }]),
  ];
  const above: Draft[] = over
    ? [
        {
          kind: 'closed',
          day: now,
          title: request.state === 'refused' ? words.refused : words.answered,
          text: say.day(now),
        },
      ]
    : [
        ...(request.own_target < request.due
          ? [
              {
                kind: 'target' as const,
                day: request.own_target,
                title: words.target,
                text: say.date(request.own_target),
              },
            ]
          : []),
        { kind: 'today', day: today, title: words.today, text: say.date(today) },
      ];
  const past = at(now);
  const late = now > request.due;
  return {
    points: [...placed(below, at, false), ...placed(above, at, true)],
    past: late ? at(request.due) : past,
    left: late ? past - at(request.due) : at(request.due) - past,
    tone: over
      ? late
        ? 'bad'
        : 'ok'
      : request.state === 'waiting_identity' && !late
        ? 'off'
        : say.pressing(request.due),
    ahead: extended !== undefined && extended > request.due,
  };
}

type Draft = Omit<Point, 'at' | 'side' | 'up'>;

/** Gives each point its place, and its words the side on which they do not run into the next. */
function placed(drafts: Draft[], at: (day: string) => number, up: boolean): Point[] {
  const sorted = [...drafts].sort((a, b) => a.day.localeCompare(b.day));
  const places = sorted.map((draft) => at(draft.day));
  return sorted.map((draft, index) => {
    const place = places[index] ?? 0;
    const before = places[index - 1];
    const after = places[index + 1];
    const free = (other: number | undefined) => {
      const atEnd = other !== undefined && (other < EDGE || other > 100 - EDGE);
      return other === undefined || Math.abs(other - place) >= (atEnd ? ROOM_AT_END : ROOM);
    };
    return { ...draft, at: place, up, side: sideOf(place, free(before), free(after)) };
  });
}

function sideOf(place: number, freeBefore: boolean, freeAfter: boolean): Side {
  if (place < EDGE) return 'start';
  if (place > 100 - EDGE) return 'end';
  if (freeBefore && freeAfter) return 'middle';
  return freeBefore ? 'before' : 'after';
}

function howOf(request: RequestShown): string {
  return request.how in t.names.how ? t.names.how[request.how as keyof typeof t.names.how] : request.how;
}
