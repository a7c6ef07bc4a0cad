// form[data-finder]: shows what is found as one types. The value is the address of the fragment.
const PAUSE_MS = 200;

function enhance(form) {
  const words = form.querySelector("[data-finder-words]");
  const place = document.querySelector("[data-finder-place]");
  const status = document.querySelector("[data-finder-count]");
  let timer = 0;
  let shown = words.value.trim();
  let request = null;

  async function search() {
    const asked = words.value.trim();
    if (asked === shown) return;
    request?.abort(); // an answer to fewer letters would come too late
    request = new AbortController();
    try {
      const address = `${form.dataset.finder}&q=${encodeURIComponent(asked)}`;
      const answer = await fetch(address, { signal: request.signal, credentials: "same-origin" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...page.body.childNodes);
      shown = asked;
      // Who comes back from a theme, or shares the address, finds the same results.
      history.replaceState(null, "", `${location.pathname}?${new URLSearchParams(new FormData(form))}`);
      status.textContent = place.querySelector("[data-finder-said]")?.textContent.trim() ?? "";
    } catch (error) {
      // Stale or out of reach: what is shown stays, and Enter still asks for the whole page.
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
    }
  }

  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE_MS);
  });
  words.addEventListener("keydown", (event) => {
    const first = place.querySelector("a");
    if (event.key !== "ArrowDown" || !first) return;
    event.preventDefault();
    first.focus();
  });
  place.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [words, ...place.querySelectorAll("a")];
    const next = links[links.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

document.querySelectorAll("form[data-finder]").forEach(enhance);
