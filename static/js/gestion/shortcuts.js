// [data-shortcuts] on the page: single keys act (j k x / ?), unless somebody is typing. Enter opens: it is a link.
// They are switched off in « Colonnes et raccourcis » (the attribute is then absent).
const WRITING = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button])";
const help = document.querySelector("[data-shortcuts-help]");

const links = () => [...document.querySelectorAll("[data-row-link]")];
const currentRow = () => document.activeElement?.closest("[data-row]");

function go(step) {
  const all = links();
  if (all.length === 0) {
    document.querySelector(`[data-shortcuts] a[rel=${step > 0 ? "next" : "prev"}]`)?.click();
    return;
  }
  const here = all.indexOf(currentRow()?.querySelector("[data-row-link]"));
  const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), all.length - 1);
  all[next].focus();
}

const ACTS = {
  j: () => go(1),
  k: () => go(-1),
  x: () => currentRow()?.querySelector("input[type=checkbox]")?.click(),
  "/": () => document.querySelector("[role=search] input[type=search]")?.focus(),
  "?": () => help?.showModal(),
};

function act(event) {
  const isChord = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
  if (isChord || help?.open || event.target.closest?.(WRITING) || !Object.hasOwn(ACTS, event.key)) return;
  event.preventDefault();
  ACTS[event.key]();
}

if (document.querySelector("[data-shortcuts]")) {
  document.addEventListener("keydown", act);
  for (const button of document.querySelectorAll("[data-shortcuts-open]")) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
}
