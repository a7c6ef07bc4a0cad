// <div data-held="seconds">: an answer that may still be taken back. The clock is a timer: read by whoever goes to
// it, never spoken by itself. What is spoken is that the answer has left, once.
function watch(place) {
  const clock = place.querySelector("[data-held-clock]");
  const gone = place.querySelector("[data-held-gone]");
  const form = place.querySelector("form");
  const end = Date.now() + Number(place.dataset.held) * 1000;

  function leave() {
    const hadFocus = form.contains(document.activeElement);
    for (const part of place.children) part.hidden = part !== gone;
    gone.hidden = false;
    if (!hadFocus) return;
    gone.tabIndex = -1; // the button she stood on is gone
    gone.focus();
  }

  function tick() {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (left <= 0) {
      clearInterval(timer);
      leave();
      return;
    }
    clock.textContent = left === 1 ? clock.dataset.one : clock.dataset.many.replace("{n}", left);
  }

  place.querySelector("[data-held-said]").hidden = true; // the clock says it
  clock.hidden = false;
  const timer = setInterval(tick, 1000);
  tick();
}

document.querySelectorAll("[data-held]").forEach(watch);
