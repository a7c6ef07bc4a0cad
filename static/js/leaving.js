// What filing/copy.js keeps in the tab is for its author alone: it goes when she logs out, or when somebody else is there.
const { holder } = document.body.dataset;

for (const place of Object.keys(window.sessionStorage)) {
  const owner = place.startsWith("brouillon ") && JSON.parse(window.sessionStorage.getItem(place)).holder;
  if (owner && holder && owner !== holder) window.sessionStorage.removeItem(place);
}

for (const form of document.querySelectorAll("form[data-leaving-site]")) {
  form.addEventListener("submit", () => window.sessionStorage.clear());
}
