// <… data-counters="adresse">: asks now and then how many requests each view holds, and says it in [data-counter].
// Nothing is asked while the page is hidden; the first answer that is not one (logged out, offline) ends it.
const EVERY_MS = 60000;

function show(counts) {
  for (const place of document.querySelectorAll("[data-counter]")) {
    const count = String(counts[place.dataset.counter] ?? place.textContent);
    if (place.textContent !== count) place.textContent = count;
  }
}

async function ask(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
  if (!answer.ok) throw new Error(answer.status);
  show(await answer.json());
}

function keepAsking(address) {
  const timer = setInterval(() => {
    if (!document.hidden) ask(address).catch(() => clearInterval(timer));
  }, EVERY_MS);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask(address).catch(() => {});
  });
}

const menu = document.querySelector("[data-counters]");
if (menu) keepAsking(menu.dataset.counters);
