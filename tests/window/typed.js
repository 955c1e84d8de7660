// Times each key from when it is pressed until the frame after the last change that it made to what `watched` holds is painted.
// `window.__typed()` gives the times so far and begins anew; keys that changed nothing are left out.
const [watched] = arguments;
let begun;
let changed;
let times = [];
const painted = new MessageChannel();
// What is sent from within a frame comes when that frame was laid out and painted.
painted.port1.onmessage = ({ data: from }) => {
  if (begun === from) changed = performance.now();
};
const keep = () => {
  if (begun !== undefined && changed !== undefined) times.push(changed - begun);
  begun = changed = undefined;
};
addEventListener('keydown', () => {
  keep();
  begun = performance.now();
}, true);
new MutationObserver((changes) => {
  const from = begun;
  const within = changes.some((one) => (one.target.closest ? one.target : one.target.parentElement)?.closest(watched));
  if (from === undefined || !within) return;
  requestAnimationFrame(() => painted.port2.postMessage(from));
}).observe(document.body, { subtree: true, childList: true, characterData: true });
window.__typed = () => {
  keep();
  const all = times;
  times = [];
  return all;
};
