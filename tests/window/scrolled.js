// Goes from the top of the list to a place, in so many frames: gives the time of each frame in milliseconds, and in how many a
// row in view had not come yet.
const [place, count, done] = arguments;
const box = document.querySelector('.vlist');
const end = Math.min(place ?? Infinity, box.scrollHeight - box.clientHeight);
const frames = [];
let blank = 0;
let last;
const step = () => {
  const now = performance.now();
  if (last !== undefined) frames.push(now - last);
  last = now;
  if (box.querySelector('.blank')) blank++;
  if (frames.length === count) return done({ frames, blank, reached: box.scrollTop });
  box.scrollTop = (end * (frames.length + 1)) / count;
  requestAnimationFrame(step);
};
box.scrollTop = 0;
requestAnimationFrame(step);
