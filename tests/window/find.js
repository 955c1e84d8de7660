// Finds the elements that a person would mean by a role and a name, as assistive technology tells them.
// Called with (roles, name, within): gives { found: [elements], there: [what has such a role] }. `within` is the role of
// something around them; without it they may be anywhere.
const [roles, name, within] = arguments;
const squash = (text) => (text ?? '').replace(/\s+/g, ' ').trim();

const INPUTS = { button: 'button', submit: 'button', reset: 'button', checkbox: 'checkbox', radio: 'radio', search: 'searchbox', range: 'slider', number: 'spinbutton', file: 'file' };
const TAGS = {
  BUTTON: 'button', SUMMARY: 'button', TEXTAREA: 'textbox', OPTION: 'option', DIALOG: 'dialog', NAV: 'navigation', MAIN: 'main', TABLE: 'table',
  TR: 'row', TD: 'cell', TH: 'columnheader', LI: 'listitem', UL: 'list', OL: 'list', FIELDSET: 'group', DETAILS: 'group', IMG: 'img',
  PROGRESS: 'progressbar', OUTPUT: 'status', SECTION: 'region', FORM: 'form', ASIDE: 'complementary',
};
function role(element) {
  const said = element.getAttribute('role');
  if (said) return said.split(' ')[0];
  if (element.tagName === 'INPUT') return INPUTS[element.type] ?? 'textbox';
  if (element.tagName === 'SELECT') return element.multiple || element.size > 1 ? 'listbox' : 'combobox';
  if (element.tagName === 'A') return element.hasAttribute('href') ? 'link' : '';
  if (/^H[1-6]$/.test(element.tagName)) return 'heading';
  return TAGS[element.tagName] ?? '';
}

const hidden = (element) => element.getAttribute('aria-hidden') === 'true' || !element.checkVisibility({ visibilityProperty: true });

// The text that is read out for a node: what stands in it, pictures by their description.
function content(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || hidden(node)) return '';
  const label = node.getAttribute('aria-label') ?? node.getAttribute('alt');
  if (label) return ` ${label} `;
  const inner = [...node.childNodes].map(content).join('');
  return getComputedStyle(node).display.startsWith('inline') ? inner : ` ${inner} `;
}

const FROM_CONTENT = ['button', 'link', 'option', 'heading', 'cell', 'row', 'columnheader', 'rowheader', 'gridcell', 'tab', 'menuitem', 'menuitemradio', 'menuitemcheckbox', 'listitem', 'radio', 'checkbox', 'switch', 'status', 'alert', 'treeitem'];
function names(element) {
  const by = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
  const given = by.map((id) => document.getElementById(id)).filter(Boolean);
  const written = given.length ? given.map(content).join(' ') : element.getAttribute('aria-label');
  if (squash(written)) return squash(written);
  const labels = [...(element.labels ?? [])].map(content).join(' ');
  if (squash(labels)) return squash(labels);
  if (element.tagName === 'FIELDSET') return squash(content(element.querySelector('legend') ?? element));
  if (element.tagName === 'IMG') return squash(element.alt);
  if (element.tagName === 'INPUT' && element.type === 'submit') return squash(element.value);
  if (FROM_CONTENT.includes(role(element))) return squash([...element.childNodes].map(content).join(''));
  return squash(element.title || element.placeholder);
}

// A field for files, and a native radio below a drawn one, are there though not to be seen.
const reachable = (element) => !hidden(element) || (element.type === 'file' && !element.disabled);
// While a modal dialog is open, the rest of the page cannot be reached.
const modal = [...document.querySelectorAll('dialog:modal, [role=dialog][aria-modal=true]')].filter((element) => !hidden(element)).pop();
const room = modal ?? document;
const stands = (element) => {
  for (let one = element.parentElement; one; one = one.parentElement) if (role(one) === within) return true;
  return !within;
};
const all = [...room.querySelectorAll('*'), ...(modal ? [modal] : [])].filter((element) => roles.includes(role(element)) && reachable(element) && stands(element));
const named = all.map((element) => ({ element, name: names(element) }));
const exact = named.filter((one) => one.name === name);
const part = named.filter((one) => one.name.includes(name));
const found = (exact.length ? exact : part).map((one) => one.element);
return { found, there: named.map((one) => one.name) };
