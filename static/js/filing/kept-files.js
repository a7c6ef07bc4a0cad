// The files the draft holds, piece by piece. « Retirer » waits until the page has something else to send, or goes:
// until then « Remettre » undoes it, however long she takes.
import { button } from "./file-row.js";
import { announce, element, words } from "./words.js";

export function listOf(piece) {
  const place = piece.querySelector("[data-kept-files]");
  if (!place.firstElementChild) {
    const list = element("ul", "file-list");
    list.setAttribute("role", "list");
    list.setAttribute("aria-label", words("kept_list"));
    place.replaceChildren(list);
  }
  return place.firstElementChild;
}

export function tidy(piece) {
  const list = piece.querySelector("[data-kept-files] > ul");
  const absence = piece.querySelector("[data-absence]");
  if (absence) absence.hidden = Boolean(list?.querySelector("[data-file]:not([data-leaving])"));
  if (list && !list.children.length) list.remove();
}

function keptRow({ uuid, name, facts }) {
  const item = element("li", "file-list__item");
  const text = element("span", "file-list__words");
  text.append(element("span", "file-list__name", name), element("span", "file-list__facts", facts));
  item.dataset.file = uuid;
  item.append(text, button(words("remove"), name, () => {}));
  item.lastChild.dataset.remove = "";
  return item;
}

export function addRows(piece, files) {
  const known = new Set([...piece.querySelectorAll("[data-file]")].map((one) => one.dataset.file));
  const fresh = files.filter((one) => one.piece === piece.dataset.piece && !known.has(one.uuid));
  if (fresh.length) listOf(piece).append(...fresh.map(keptRow));
  tidy(piece);
}

export function dropRows(form, uuids) {
  const rows = [...form.querySelectorAll("[data-file]")].filter((one) => uuids.includes(one.dataset.file));
  for (const row of rows) {
    const piece = row.closest("[data-piece]");
    row.remove();
    tidy(piece);
  }
}

// One button, two words: « Retirer », then « Remettre ».
export function toggle(row, pressed) {
  const name = row.querySelector(".file-list__name").textContent;
  const isLeaving = row.toggleAttribute("data-leaving");
  pressed.firstChild.textContent = `${words(isLeaving ? "put_back" : "remove")} `;
  announce(words(isLeaving ? "removed" : "is_back", { name }));
  tidy(row.closest("[data-piece]"));
}
