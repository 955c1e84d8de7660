// Tells the stop of the keyboard: its name, whether Tab has come around, and whether it looks other than without the focus.
const element = document.activeElement;
if (!element || element === document.body) return { state: 'around' };
if (window.__first === element) return { state: 'around' };
window.__first ??= element;

// What a mark of the focus may change, on the element and near it.
const near = new Set([element]);
for (let one = element.parentElement, steps = 0; one && steps < 3; one = one.parentElement, steps += 1) near.add(one);
const room = element.parentElement?.parentElement ?? element;
for (const one of [...room.querySelectorAll('*')].slice(0, 80)) near.add(one);
const look = () =>
  [...near].flatMap((one) => [null, '::before', '::after'].map((part) => {
    const style = getComputedStyle(one, part);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor, style.backgroundColor, style.textDecorationLine, style.opacity].join();
  })).join('\n');

const by = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
const given = by.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
const labels = [...(element.labels ?? [])].map((label) => label.textContent).join(' ');
const name = given || element.getAttribute('aria-label') || labels || element.textContent || element.title || element.placeholder || element.outerHTML.slice(0, 80);
const box = element.getBoundingClientRect();
const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;

// Only the outline is asked for without the focus: nothing is moved, so nothing is scrolled or opened.
const style = getComputedStyle(element);
const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
let seen = outlined;
if (!outlined) {
  const focused = look();
  element.blur();
  seen = look() !== focused;
  element.focus({ preventScroll: true });
}
return { state: 'stop', name: name.replace(/\s+/g, ' ').trim(), seen: seen && inside };
