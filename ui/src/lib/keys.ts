/** Keys that work everywhere. On a Mac the command key takes the place of Ctrl. */

const MAC = navigator.platform.startsWith('Mac');

/** How a key is called on this computer: `['Ctrl', 'K']`, `['⌘', 'K']`. */
export function keyNames(...keys: string[]): string[] {
  return keys.map((key) => (key === 'Ctrl' && MAC ? '⌘' : key));
}

/** The keys that go back and forward again. */
export const TO_AND_FRO: string[][] = MAC
  ? [
      ['Ctrl', '['],
      ['Ctrl', ']'],
    ]
  : [
      ['Alt', '←'],
      ['Alt', '→'],
    ];

/** For `aria-keyshortcuts`: "Control+K". */
export function ariaKeys(...keys: string[]): string {
  return keys.map((key) => (key === 'Ctrl' ? (MAC ? 'Meta' : 'Control') : key)).join('+');
}

/** What a pressed key asks about the size of everything. */
export function sized(event: KeyboardEvent): 'larger' | 'smaller' | 'usual' | undefined {
  if (!(MAC ? event.metaKey : event.ctrlKey) || event.altKey) return undefined;
  if (event.key === '+' || event.key === '=') return 'larger';
  if (event.key === '-') return 'smaller';
  return event.key === '0' ? 'usual' : undefined;
}

export type Everywhere = 'palette' | 'consent' | 'contact' | 'request' | 'lock' | 'shortcuts' | 'back' | 'forward';

const WITH_CTRL: Readonly<Record<string, Everywhere>> = {
  k: 'palette',
  n: 'contact',
  r: 'request',
  l: 'lock',
  ...(MAC && { '[': 'back', ']': 'forward' }),
};
const WITH_ALT: Readonly<Record<string, Everywhere>> = { ArrowLeft: 'back', ArrowRight: 'forward' };

/** What a pressed key asks for, if it is one of those that work everywhere. */
export function asked(event: KeyboardEvent): Everywhere | undefined {
  const ctrl = MAC ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (ctrl && event.shiftKey) return key === 'p' ? 'consent' : undefined;
  if (ctrl) return event.altKey ? undefined : WITH_CTRL[key];
  // On a Mac, Option and an arrow move by words, and a bracket goes back.
  if (event.altKey) return MAC || isTyping(event.target) ? undefined : WITH_ALT[key];
  return key === '?' && !isTyping(event.target) ? 'shortcuts' : undefined;
}

/** Keys typed into a field are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const box = target instanceof HTMLInputElement && ['checkbox', 'radio', 'file', 'button'].includes(target.type);
  return !box && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}
