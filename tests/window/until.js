// Presses something, and gives the milliseconds until the frame in which what it leads to stands there with its data.
const [press, awaited, done] = arguments;
const begun = performance.now();
const look = () => {
  if (document.querySelector(awaited)) done(performance.now() - begun);
  else requestAnimationFrame(look);
};
press.click();
requestAnimationFrame(look);
