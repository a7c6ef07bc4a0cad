// <div data-presence="address" data-seconds data-token>: says that this page is open, shows who else has it open.
const WRITES_FOR_MS = 30_000; // after the last letter typed
const SLEEPS_AFTER_MS = 10 * 60_000; // a page left open says nothing more, and does not keep the session alive

function watch(place) {
  let lastWord = 0;
  let lastSign = Date.now();
  let shown = "";

  const wake = () => { lastSign = Date.now(); };
  for (const name of ["pointermove", "keydown", "scroll"]) document.addEventListener(name, wake, { passive: true });
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) lastWord = Date.now();
  });

  function show(sentences) {
    const all = sentences.join("\n");
    if (all === shown) return; // a live region speaks only of what changes
    shown = all;
    place.replaceChildren(...sentences.map((sentence) => {
      const line = document.createElement("p");
      line.className = "presence__line";
      line.textContent = sentence;
      return line;
    }));
  }

  async function say() {
    if (document.hidden || Date.now() - lastSign > SLEEPS_AFTER_MS) return;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", place.dataset.token);
    body.set("doing", Date.now() - lastWord < WRITES_FOR_MS ? "writing" : "reading");
    try {
      const answer = await fetch(place.dataset.presence, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
      if (answer.ok) show((await answer.json()).here);
      else clearInterval(timer); // her session is over, or the request is no longer hers: nothing to say
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // out of reach: the next time will do
    }
  }

  const timer = setInterval(say, Number(place.dataset.seconds) * 1000);
  document.addEventListener("visibilitychange", say);
  say();
}

document.querySelectorAll("[data-presence]").forEach(watch);
