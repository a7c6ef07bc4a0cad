// Files she took out leave the draft when something else is sent, or when the page goes.
import { bodyOf, post } from "./draft.js";
import { dropRows, toggle } from "./kept-files.js";

const GONE = "fichiers retirés";

export function removalsOf(form) {
  const leaving = () => [...form.querySelectorAll("[data-file][data-leaving]")].map((row) => row.dataset.file);

  function onClick(event) {
    const pressed = event.target.closest("[data-file] button");
    if (!pressed) return;
    event.preventDefault();
    toggle(pressed.closest("[data-file]"), pressed);
  }

  function remove(uuid) {
    const body = bodyOf(form);
    body.set("remove", uuid);
    return post(form, form.dataset.uploadUrl, body);
  }

  // Returns whether they are gone; those that could not go stay on the page, to be tried again.
  async function flush() {
    try {
      for (const uuid of leaving()) {
        const { status, files = [] } = await remove(uuid);
        if (status >= 500 || files.some((file) => file.uuid === uuid)) return false;
        dropRows(form, [uuid]);
      }
      return true;
    } catch {
      return false;
    }
  }

  // A reload may overtake what was sent on leaving.
  function onLeaving() {
    window.sessionStorage.setItem(GONE, JSON.stringify(leaving()));
    leaving().forEach((uuid) => remove(uuid).catch(() => {}));
  }

  dropRows(form, JSON.parse(window.sessionStorage.getItem(GONE) ?? "[]"));
  form.addEventListener("click", onClick);
  window.addEventListener("pagehide", onLeaving);
  return { isBusy: () => leaving().length > 0, flush };
}
