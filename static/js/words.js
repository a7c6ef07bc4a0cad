// What scripts say, in the language of the page: its JSON blocks carry the sentences (teledemande/script_words.py).
const BLOCKS = ["house-words", "filing-words"];
const sentences = Object.assign({}, ...BLOCKS.map((id) => JSON.parse(document.getElementById(id)?.textContent ?? "{}")));

export function words(name, values = {}) {
  return (sentences[name] ?? "").replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

export function sizeWords(bytes) {
  const rank = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : 2;
  const amount = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${amount.format(bytes / 1000 ** rank)}\u00a0${words("units").split(" ")[rank]}`;
}
