/** A conversation as it goes on: who it is with, what was answered so far, and what is still missing. */
import type { CallIn, Connection, ContactChannel, ContactShown, How, PurposeShown } from '../../lib/api';
import { now } from '../../lib/clock';
import { currentLocale } from '../../lib/i18n';
import { dayOf } from '../../lib/i18n/dates';
import { dateFormat } from '../../lib/i18n/formats';
import { typedTime } from '../../lib/i18n/typed';
import { today } from '../../lib/today.svelte';
import { ONLINE } from './came';
import { choosable, lastings, questionsOf, untilOf, waysOf, type Asked } from './questions';

export type Said = 'yes' | 'no' | 'skip';
export type When = 'now' | 'earlier' | 'other';
export type Missing = 'nobody' | 'person' | 'answer' | 'ways' | 'when';

/** Somebody who is typed in during the call. */
export interface Newcomer {
  given: string;
  family: string;
  phone: string;
  email: string;
  duplicate: boolean;
}

/** What is written down of an unfinished conversation. */
export interface Kept {
  contact: string | null;
  name: string;
  newcomer: Newcomer | null;
  language: string;
  said: Record<string, Said>;
  ways: ContactChannel[];
  own: Record<string, ContactChannel[]>;
  prefer: string;
  lasting: string;
  shares?: Record<string, Said>;
  when: When;
  day: string;
  time: string;
  note: string;
  guardian: string;
  how?: How;
  url?: string;
  ip?: string;
  place?: string;
}

/** A choice that means the longest that the wordings say, or without an end. */
export const LONGEST = 'longest';
export const ANY = 'any';

export class Conversation {
  contact = $state.raw<ContactShown>();
  newcomer = $state<Newcomer>();
  language = $state('');
  said = $state<Record<string, Said>>({});
  ways = $state<ContactChannel[]>([]);
  /** Ways of a purpose that differ from those of all. */
  own = $state<Record<string, ContactChannel[]>>({});
  prefer = $state('');
  lasting = $state('');
  /** What was answered about passing data on, by connection. */
  shares = $state<Record<string, Said>>({});
  when = $state<When>('now');
  day = $state('');
  time = $state('');
  note = $state('');
  guardian = $state('');
  /** The way in which it came, and from where. */
  how = $state<How>('phone');
  url = $state('');
  ip = $state('');
  place = $state('');
  /** The purposes that there are, as they were read. */
  purposes = $state.raw<readonly PurposeShown[]>([]);
  /** The connections that there are. */
  connections = $state.raw<readonly Connection[]>([]);
  #business = '';

  constructor(business: string) {
    this.#business = business;
  }

  /** The name by which to call who it is. */
  readonly name = $derived(
    this.contact ? this.contact.name : [this.newcomer?.given, this.newcomer?.family].filter(Boolean).join(' ').trim(),
  );
  readonly first = $derived(
    (typeof this.contact?.fields['given'] === 'string' && this.contact.fields['given']) ||
      (this.newcomer?.given.trim() ?? '') ||
      this.name,
  );
  /** The day of the call. */
  readonly on = $derived(this.when === 'other' && this.day ? this.day : today());
  readonly asked = $derived<Asked[]>(questionsOf(this.purposes, [this.language, this.#business], this.on));
  readonly yes = $derived(this.asked.filter((one) => this.said[one.key] === 'yes'));
  readonly waysThere = $derived(waysOf(this.yes));
  /** The ways that were chosen and that there still are. */
  readonly waysChosen = $derived(this.waysThere.filter((way) => this.ways.includes(way)));
  /** The connections that a yes may be shared with. */
  readonly sharing = $derived(
    this.connections.filter((connection) => this.yes.some((one) => one.share.includes(connection.key))),
  );
  readonly lastings = $derived(lastings(this.yes));
  readonly chosen = $derived(
    Object.values(this.said).length > 0 ||
      [
        this.note,
        this.guardian,
        this.url,
        this.ip,
        this.place,
        ...(this.newcomer ? Object.values(this.newcomer) : []),
      ].some((text) => typeof text === 'string' && text.trim() !== ''),
  );

  /** The person is known: what is read aloud is in their language, if there are words in it. */
  with(contact: ContactShown): void {
    this.contact = contact;
    this.newcomer = undefined;
    const spoken = contact.fields['language'];
    this.language = (typeof spoken === 'string' && spoken.split(/[-_]/)[0]?.toLowerCase()) || this.#business;
  }

  /** Somebody who is no contact yet, with what was typed to find them. */
  withNew(typed: string): void {
    const text = typed.trim();
    const [given = '', ...family] = /[@\d]/.test(text) ? [] : text.split(/\s+/);
    this.contact = undefined;
    this.newcomer = {
      given,
      family: family.join(' '),
      phone: !text.includes('@') && /\d/.test(text) ? text : '',
      email: text.includes('@') ? text : '',
      duplicate: false,
    };
    this.language ||= this.#business;
  }

  /** It is somebody else. What was answered is theirs no more. */
  withNobody(): void {
    this.contact = this.newcomer = undefined;
    this.said = {};
    this.shares = {};
    this.own = {};
    this.ways = [];
    this.prefer = this.lasting = this.guardian = this.language = '';
    this.when = 'now';
    this.day = this.time = this.note = '';
    this.how = 'phone';
    this.url = this.ip = this.place = '';
  }

  waysOf(asked: Asked): ContactChannel[] {
    const there = choosable(asked);
    return (this.own[asked.key] ?? this.waysChosen).filter((way) => there.includes(way));
  }

  /** When it was, as the office reads it; nothing for now. */
  get happened(): string | null {
    const time = typedTime(this.time);
    if (this.when === 'now') return null;
    const day = this.when === 'earlier' ? today() : this.day;
    return time ? `${day}T${time}` : day;
  }

  get whenIsRight(): boolean {
    const time = typedTime(this.time);
    const right = this.when === 'earlier' ? time !== undefined : this.day !== '' && (!this.time.trim() || time);
    return this.when === 'now' || (Boolean(right) && !this.ahead);
  }

  /** The moment that was typed is yet to come. */
  get ahead(): boolean {
    const time = typedTime(this.time);
    const day = this.when === 'earlier' ? today() : this.day;
    if (this.when === 'now' || !day) return false;
    return day > today() || (day === today() && time !== undefined && time > clockNow());
  }

  /** What is missing before it can be saved. */
  get missing(): Missing | undefined {
    if (!this.contact && !this.newcomer) return 'nobody';
    if (this.newcomer && !this.name && !this.newcomer.phone.trim() && !this.newcomer.email.trim()) return 'person';
    if (!this.asked.some((one) => this.said[one.key] === 'yes' || this.said[one.key] === 'no')) return 'answer';
    if (this.yes.some((one) => choosable(one).length > 0 && this.waysOf(one).length === 0)) return 'ways';
    return this.whenIsRight ? undefined : 'when';
  }

  /** As the office takes it. */
  get call(): CallIn {
    const { contact, newcomer, language, note, happened } = this;
    const answered = this.asked.filter((one) => this.said[one.key] === 'yes' || this.said[one.key] === 'no');
    return {
      contact: contact?.id ?? null,
      person: newcomer ? $state.snapshot(newcomer) : null,
      happened,
      language,
      note: note.trim(),
      how: this.how,
      from: this.#from,
      answers: answered.map((one) => this.#answer(one)),
    };
  }

  /** Where it came from; a page and a network address only of what came over the network. */
  get #from() {
    const online = ONLINE.includes(this.how);
    return { url: online ? this.url : '', ip: online ? this.ip : '', place: this.place };
  }

  #answer(asked: Asked) {
    const yes = this.said[asked.key] === 'yes';
    const ways = this.waysOf(asked);
    const prefer = ways.find((way) => way === this.prefer && this.waysChosen.length > 1);
    const choice = Number(this.lasting);
    return {
      purpose: asked.key,
      yes,
      language: asked.language === this.language ? null : asked.language,
      channels: yes && choosable(asked).length > 0 ? ways : null,
      prefer: (yes && prefer) || null,
      until: yes && choice ? untilOf(asked, this.on, choice) : null,
      share: yes ? asked.share.filter((connection) => this.shares[connection] === 'yes') : [],
      guardian: yes ? this.guardian.trim() : '',
    };
  }

  /** What to write down of it. */
  keep(): Kept {
    const { language, prefer, lasting, when, day, time, note, guardian, how, url, ip, place } = this;
    const { said, shares, ways, own, newcomer } = $state.snapshot({
      said: this.said,
      shares: this.shares,
      ways: this.ways,
      own: this.own,
      newcomer: this.newcomer ?? null,
    });
    const contact = this.contact?.id ?? null;
    return {
      contact,
      name: this.name,
      newcomer,
      language,
      said,
      ways,
      own,
      prefer,
      lasting,
      shares,
      when,
      day,
      time,
      note,
      guardian,
      how,
      url,
      ip,
      place,
    };
  }

  /**
   * Goes on with what was written down at that moment, with the contact that it is about or with somebody who is none yet.
   * What was said "now" was said then.
   */
  resume(kept: Kept, at: string, contact: ContactShown | undefined): void {
    this.contact = contact;
    this.newcomer = contact ? undefined : (kept.newcomer ?? undefined);
    this.language = kept.language;
    this.said = kept.said;
    this.shares = kept.shares ?? {};
    this.ways = kept.ways;
    this.own = kept.own;
    this.prefer = kept.prefer;
    this.lasting = kept.lasting;
    const then = kept.when === 'now';
    this.when = then ? 'other' : kept.when;
    this.day = then ? at.slice(0, 10) : kept.day;
    this.time = then ? at.slice(11, 16) : kept.time;
    this.note = kept.note;
    this.guardian = kept.guardian;
    this.how = kept.how ?? 'phone';
    this.url = kept.url ?? '';
    this.ip = kept.ip ?? '';
    this.place = kept.place ?? '';
  }
}

/** The time it is at the business: `09:12`. */
function clockNow(): string {
  const { zone } = currentLocale();
  const instant = now();
  const parts = dateFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return dayOf(instant, currentLocale()) === today() ? parts.format(new Date(instant)) : '24:00';
}

/** What was written down, if it is understood. */
export function readKept(body: string): Kept | undefined {
  try {
    const kept = JSON.parse(body) as Partial<Kept>;
    const whole = typeof kept.language === 'string' && typeof kept.said === 'object' && Array.isArray(kept.ways);
    return whole ? (kept as Kept) : undefined;
  } catch {
    return undefined;
  }
}
