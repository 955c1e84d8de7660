//! A desktop on which nothing shall move: the window keeps still.

use serde_json::json;

use crate::contacts::opens;
use crate::window::Window;
use crate::world::World;

/// From now on, names whatever moves for longer than a blink.
const WATCH: &str = "
const moved = (window.__moved = []);
const animate = Element.prototype.animate;
Element.prototype.animate = function (frames, options) {
  const lasts = typeof options === 'number' ? options : (options?.duration ?? 0);
  if (lasts > 1) moved.push(`${this.className} for ${lasts} ms`);
  return animate.call(this, frames, options);
};
for (const begins of ['transitionrun', 'animationstart'])
  addEventListener(begins, ({ target }) => {
    for (const one of target.getAnimations())
      if (one.effect.getComputedTiming().duration > 1) moved.push(`${begins} of ${target.className}`);
  }, true);
return matchMedia('(prefers-reduced-motion: reduce)').matches;";

/// Opens a dialog and lets a note come: what moved meanwhile.
fn moves(window: &Window<'_>) -> usize {
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Met wie spreek je?");
    window.keys(&["Escape"]);
    window.closes_dialogs();
    opens(window, "janss", "Marieke Janssens");
    window.press("marieke.janssens@post.example thuis");
    window.write("E-mail", "marieke@nieuw.example");
    window.keys(&["Enter"]);
    window.reads("E-mail bewaard.");
    window.settles();
    window.ask("return window.__moved").as_array().map_or(0, Vec::len)
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_desktop_that_wants_no_motion_gets_none() {
    for still in [false, true] {
        let world = World::bakery();
        if still {
            let folder = world.home().join(".config/gtk-3.0");
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("settings.ini"), "[Settings]\ngtk-enable-animations=0\n").unwrap();
        }
        let window = world.open();
        window.unlocks();
        assert_eq!(window.ask(WATCH), json!(still), "the page hears of the desktop");
        let moved = moves(&window);
        assert_eq!(moved == 0, still, "{moved} things moved: {}", window.ask("return window.__moved"));
    }
}
