// Finds text that lies over other text in the same layer: a dialog, a toast and a head that stays are layers of their own.
const layerOf = (element) => {
  for (let one = element; one; one = one.parentElement) {
    if (one.matches('dialog') || ['fixed', 'sticky'].includes(getComputedStyle(one).position)) return one;
  }
  return document.body;
};
const modal = [...document.querySelectorAll('dialog:modal')].pop();
const walker = document.createTreeWalker(modal ?? document.body, NodeFilter.SHOW_TEXT);
const boxes = [];
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
  if (element.closest('option, script, style, .sr, .print-only')) continue;
  // What is clipped away cannot lie over anything.
  let clip = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  for (let one = element; one; one = one.parentElement) {
    const style = getComputedStyle(one);
    if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
    const edge = one.getBoundingClientRect();
    clip = { left: Math.max(clip.left, edge.left), top: Math.max(clip.top, edge.top), right: Math.min(clip.right, edge.right), bottom: Math.min(clip.bottom, edge.bottom) };
  }
  const range = document.createRange();
  range.selectNodeContents(node);
  const layer = layerOf(element);
  for (const { left, top, right, bottom } of range.getClientRects()) {
    // Lines of text are a little higher than their letters.
    const slack = (bottom - top) / 5;
    const box = { left: Math.max(left, clip.left), top: Math.max(top + slack, clip.top), right: Math.min(right, clip.right), bottom: Math.min(bottom - slack, clip.bottom) };
    if (box.right - box.left > 2 && box.bottom - box.top > 2) boxes.push({ ...box, layer, node, text: node.data.trim().slice(0, 60) });
  }
}
const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
const found = [];
for (const [at, one] of boxes.entries()) {
  for (const other of boxes.slice(at + 1)) {
    if (one.layer === other.layer && one.node !== other.node && over(one, other)) found.push(`“${one.text}” and “${other.text}”`);
  }
}
return found.slice(0, 20);
