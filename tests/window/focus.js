// Where the keyboard is, as it is read out.
const element = document.activeElement;
if (!element || element === document.body) return '';
const by = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
const given = by.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
const labels = [...(element.labels ?? [])].map((label) => label.textContent).join(' ');
const name = given || element.getAttribute('aria-label') || labels || element.textContent || element.title || element.placeholder || '';
const kind = element.getAttribute('role') ?? (element.tagName === 'INPUT' ? element.type : element.tagName.toLowerCase());
return `${kind} ${name.replace(/\s+/g, ' ').trim()}`;
