// <form data-upload-url>: each file goes alone, two at a time, as soon as it is chosen or dropped on its piece.
import { acceptDrops } from "./drops.js";
import { queueOf } from "./queue.js";
import { removalsOf } from "./removals.js";
import { hold } from "./submitting.js";
import { uploadOf } from "./upload.js";
import { announce, words } from "./words.js";

const MOST_AT_ONCE = 2;
const LOOK_EVERY_MS = 200;

function enhance(form) {
  const queue = queueOf(MOST_AT_ONCE);
  const failed = new Set();
  const removals = removalsOf(form);

  for (const input of form.querySelectorAll("[data-piece] input[type=file]")) {
    const send = async (files) => {
      const chosen = [...files];
      input.value = "";
      await removals.flush(); // what she took out makes room
      for (const file of chosen) uploadOf({ form, input, file, queue, failed });
    };
    input.addEventListener("change", () => send(input.files));
    acceptDrops(input.closest("[data-piece]"), send);
  }
  // A file dropped beside its piece must not replace the page.
  for (const kind of ["dragover", "drop"]) form.addEventListener(kind, (event) => event.preventDefault());
  window.addEventListener("beforeunload", (event) => queue.isBusy() && event.preventDefault());

  hold(form, {
    isBusy: () => queue.isBusy() || failed.size > 0 || removals.isBusy(),
    async finish() {
      if (queue.isBusy()) announce(words("files_going"));
      while (queue.isBusy()) await new Promise((resume) => { setTimeout(resume, LOOK_EVERY_MS); });
      if (failed.size) {
        announce(words("files_first"));
        [...failed][0].item.querySelector("button").focus();
      }
      return !failed.size && removals.flush();
    },
  });
}

document.querySelectorAll("form[data-upload-url]").forEach(enhance);
