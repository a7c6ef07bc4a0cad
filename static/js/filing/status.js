// What the page shows of the saving: a line that stays in view, and boxes for what must be known.
import { announce, words } from "./words.js";

const SAY_EVERY_MS = 60000;

export function statusOf(form) {
  const line = form.querySelector("[data-autosave-status]");
  let saidAt = 0;
  let ticking;

  function show(text) {
    clearInterval(ticking);
    line.textContent = text;
  }

  function notice(name, sentence) {
    const box = form.querySelector(`[data-notice="${name}"]`);
    const place = box.querySelector("[data-notice-words]");
    const isNews = box.hidden || (place && place.textContent !== sentence);
    if (place) place.textContent = sentence;
    box.hidden = false;
    if (isNews) announce(box.textContent.trim().replace(/\s+/g, " "));
  }

  return {
    notice,
    saving: () => show(words("saving")),
    // Screen readers are told once a minute at most: they have her words to read.
    saved(at) {
      show(words("saved", { at }));
      if (Date.now() - saidAt < SAY_EVERY_MS) return;
      saidAt = Date.now();
      announce(line.textContent);
    },
    offline(milliseconds, isFirst) {
      let seconds = Math.round(milliseconds / 1000);
      show(words("offline", { seconds }));
      ticking = setInterval(() => {
        seconds -= 1;
        line.textContent = seconds > 0 ? words("offline", { seconds }) : words("retrying");
      }, 1000);
      if (isFirst) announce(words("went_offline"));
    },
    say(text) {
      show(text);
      announce(text);
    },
  };
}
