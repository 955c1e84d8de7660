/** What is agreed about a purpose, beside its words. */
import type { Basis, ContactChannel, PurposeChange } from '../../lib/api';
import { t } from '../../lib/i18n';
import { monthsOf } from '../call/questions';

export interface Terms {
  basis: Basis;
  channels: ContactChannel[];
  lasts: string;
  label: string;
  marketing: boolean;
  /** Messages to existing customers go out without a yes. */
  soft: boolean;
  /** Only an express yes counts. */
  special: boolean;
}

/** A change of nothing, to be filled in. */
export const UNCHANGED: PurposeChange = {
  title: null,
  short: null,
  channels: null,
  retention: null,
  label: null,
  soft_opt_in: null,
  special: null,
};

export const BASES: readonly Basis[] = [
  'consent',
  'contract',
  'legitimate_interests',
  'legal_obligation',
  'vital_interests',
  'public_task',
];

export const CHANNELS: readonly ContactChannel[] = ['email', 'phone', 'sms', 'post', 'messaging', 'in_person'];

/** How long, in words. */
export function lastsSaid(lasts: string, basis: Basis): string {
  const said: Readonly<Record<string, string>> = t.settings.purpose.lasting;
  if (!lasts && basis !== 'consent') return t.settings.purpose.keptOpen;
  const months = monthsOf(lasts);
  const { years, months: inMonths } = t.consent.lasting;
  return said[lasts] ?? (months === undefined ? lasts : months % 12 ? inMonths(months) : years(months / 12));
}

/** What there is to choose from, with what it is now. */
export function lastingChoices(now: string, basis: Basis): { value: string; label: string }[] {
  const all = ['', 'P6M', 'P1Y', 'P2Y', 'P3Y', 'P5Y', 'P10Y'];
  const others = all.filter((value) => value !== now && (!value || monthsOf(value) !== monthsOf(now)));
  const order = (value: string) => (value ? (monthsOf(value) ?? Infinity) : -1);
  return [...others, now]
    .toSorted((one, other) => order(one) - order(other))
    .map((value) => ({ value, label: lastsSaid(value, basis) }));
}
