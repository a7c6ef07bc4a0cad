// What the page says, in its own language: templates/tickets/_autosave.html carries the sentences.
const source = document.getElementById("filing-words");
const sentences = source ? JSON.parse(source.textContent) : {};

export function words(name, values = {}) {
  return (sentences[name] ?? "").replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

// Said to screen readers, when they have finished their sentence; a repeated sentence is said again.
export function announce(text) {
  const live = document.querySelector("[data-live]");
  if (!live || !text) return;
  live.textContent = live.textContent === text ? `${text}\u00a0` : text;
}

export function sizeWords(bytes) {
  const rank = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : 2;
  const amount = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${amount.format(bytes / 1000 ** rank)}\u00a0${["octets", "ko", "Mo"][rank]}`;
}
