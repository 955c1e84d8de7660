/** The vault at hand, as the window knows it: whether it is open, whose it is, and when it locks. */
import { call, commands, events, type Kit, type NewVault, type VaultState } from './api';
import { everyMinute, MINUTE_MS, now } from './clock';
import { dayOf } from './i18n/dates';
import { currentLocale, speak, type Language } from './i18n';
import { inShort } from './problems';
import { Refused } from './refused';
import { startOver } from './router.svelte';
import { end } from './tasks.svelte';
import { dismiss, toast } from './toasts.svelte';
import { turnTo } from './today.svelte';
import { announce } from './touched.svelte';
import { stepped, USUAL } from './zoom';

const TOUCH_EVERY_MS = 20_000;

let state = $state.raw<VaultState>();
let fault = $state.raw<Refused>();
/** The first start is not over yet, though the vault is open. */
let starting = $state(false);
/** A new Emergency Kit is being made: until it was typed back the vault counts as just made. */
let renewing = $state(false);
let lockedSince = $state.raw<string>();
let lastName = $state('');
let lastAlive = $state(Date.now());
let told = 0;
let opened = 0;
let worn: VaultState['look'] = 'system';
let large: number = USUAL;

export function vault(): VaultState | undefined {
  return state;
}

/** Why nobody could say how things stand. */
export function vaultFault(): Refused | undefined {
  return fault;
}

/** The business's name; while locked, as it is known outside the vault. */
export function businessName(): string {
  return state?.business?.name ?? state?.name ?? lastName;
}

/** When it was locked, if this window saw it. */
export function lockedAt(): string | undefined {
  return lockedSince;
}

export function isStarting(): boolean {
  return starting;
}

/** The first start is over. */
export function started(): void {
  starting = false;
}

export function isRenewing(): boolean {
  return renewing;
}

/** A new Emergency Kit is made; what comes back says that it is over. */
export function renews(): () => void {
  renewing = true;
  return () => (renewing = false);
}

/** Asks how things stand. */
export async function look(): Promise<void> {
  try {
    take(await call(commands.vaultState()));
    fault = undefined;
  } catch (thrown) {
    fault = Refused.of(thrown);
  }
}

/** Takes over how things stand now. */
export function take(next: VaultState): void {
  const closed = state?.stage === 'open' && next.stage !== 'open';
  const other = state !== undefined && state.practice !== next.practice;
  state = next;
  if (!next.practice) {
    wear(next.look);
    show(next.zoom);
  }
  if (closed || other) forget();
  if (closed) lockedSince = now();
  if (!next.business) {
    if (next.language) speak(next.language);
    return;
  }
  if (!next.practice) lastName = next.business.name;
  lockedSince = undefined;
  lastAlive = Date.now();
  turnTo(next.business.today);
  speak(next.language ?? spoken(next.business.language), next.business.country, next.business.zone);
}

/** Everything larger or smaller, or as it was at first; kept where there is a vault to keep it. */
export async function resize(how: 'larger' | 'smaller' | 'usual'): Promise<void> {
  show(how === 'usual' ? USUAL : stepped(large, how === 'larger'));
  if (state?.stage !== 'open' || state.practice) return;
  const zoom = large;
  await call(commands.windowSettings()).then((kept) => call(commands.windowSet({ ...kept, zoom })));
}

function show(percent: number): void {
  if (percent === large) return;
  large = percent;
  void commands.windowZoom(percent);
}

/** Light, dark, or as the system has it. */
function wear(look: VaultState['look']): void {
  if (look === worn) return;
  worn = look;
  if (look === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = look;
}

/** The window's language for a business that works in this one. */
function spoken(language: string): Language {
  return language === 'nl' ? 'nl' : 'en';
}

/** Counts how often the vault at hand was closed or another one came: what was kept of it before is old. */
export function openings(): number {
  return opened;
}

/** Lets go of everything that was shown. */
function forget(): void {
  opened += 1;
  startOver();
  end();
  dismiss();
}

/** Makes the vault. The first start goes on until `started`. */
export async function create(setup: NewVault): Promise<Kit> {
  starting = true;
  const kit = await call(commands.vaultCreate(setup));
  const { language } = currentLocale();
  await call(commands.windowSettings())
    .then((kept) => call(commands.windowSet({ ...kept, language })))
    // The code in hand is shown this once: nothing may keep it from the paper.
    .catch(() => undefined);
  await look();
  return kit;
}

export async function lock(): Promise<void> {
  try {
    take(await call(commands.vaultLock()));
  } catch (thrown) {
    toast(inShort(Refused.of(thrown)));
  }
}

/** Minutes until it locks by itself; none when it does not. */
export function minutesToLock(at: number): number | undefined {
  const after = state?.lock_after_minutes ?? 0;
  return after === 0 ? undefined : Math.min(after, Math.max(0, Math.ceil(after - (at - lastAlive) / MINUTE_MS)));
}

/** Somebody is at the window. The office is told now and then, so that it does not lock. */
export function alive(): void {
  const at = Date.now();
  lastAlive = at;
  if (state?.stage !== 'open' || at - told < TOUCH_EVERY_MS) return;
  told = at;
  void commands.vaultTouch();
}

/**
 * Listens to what the office tells unasked, as that a mail went, and to midnight. Nothing else changes by itself: while the vault
 * is open here no other program writes it, and what one wrote before is read at the next unlocking.
 */
export function listen(): () => void {
  const locked = events.locked.listen(() => void look());
  const touched = events.touched.listen(({ payload }) => announce(payload.areas));
  const stopClock = everyMinute(() => turnTo(dayOf(now(), currentLocale())));
  return () => {
    stopClock();
    void locked.then((stop) => stop());
    void touched.then((stop) => stop());
  };
}
