// A copy of what is not saved yet, in this tab alone (sessionStorage), for a page that dies; erased once saved.
// It is shown to nobody else: a copy left by somebody who has logged out since is thrown away.
import { post, snapshotOf, snapshotOfBody } from "./draft.js";

const placeOf = (form) => `brouillon ${form.dataset.autosave}`;
const tabPlaceOf = (form) => `onglet ${form.dataset.autosave}`;

function write(place, value) {
  try {
    window.sessionStorage.setItem(place, JSON.stringify(value));
  } catch {
    // Storage is full or refused: the page itself still holds the text.
  }
}

function read(place) {
  try {
    return JSON.parse(window.sessionStorage.getItem(place));
  } catch {
    return null;
  }
}

export const forget = (form) => window.sessionStorage.removeItem(placeOf(form));

export function keepCopy(form, body) {
  const { holder, draft } = form.dataset;
  write(placeOf(form), { holder, draft, body: String(body) });
}

// A reload may overtake the last saving of the page before it: both are the same tab, and no conflict.
export function keepTab(form) {
  window.addEventListener("pagehide", () => write(tabPlaceOf(form), [form.dataset.draft, form.elements.tab.value]));
  window.addEventListener("pageshow", () => window.sessionStorage.removeItem(tabPlaceOf(form)));
  const [draft, tab] = read(tabPlaceOf(form)) ?? [];
  if (draft && draft === form.dataset.draft) form.elements.tab.value = tab;
}

export function offerCopy(form, onRefusal) {
  const copy = read(placeOf(form));
  const box = form.querySelector("[data-resume]");
  const isHers = copy && (!copy.holder || copy.holder === form.dataset.holder);
  if (!isHers || snapshotOfBody(copy.body) === snapshotOf(form)) return forget(form);
  if (form.dataset.draft && form.dataset.draft !== copy.draft) return undefined;
  box.hidden = false;
  box.querySelector("[data-resume-drop]").addEventListener("click", () => { box.hidden = true; forget(form); });
  return box.querySelector("[data-resume-take]").addEventListener("click", async () => {
    const body = new URLSearchParams(copy.body);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const { draft } = await post(form, form.dataset.autosave, body).catch(() => ({}));
    if (!draft) return onRefusal();
    forget(form);
    return window.location.replace(`${form.action}?${new URLSearchParams({ brouillon: draft })}`);
  });
}
