// <form data-autosave="address">: what is typed goes to the draft on the server, a moment after each change.
import { keepCopy, keepTab, offerCopy } from "./copy.js";
import { bodyOf, post } from "./draft.js";
import { saverOf } from "./saver.js";
import { statusOf } from "./status.js";
import { hold } from "./submitting.js";
import { words } from "./words.js";

function enhance(form) {
  const status = statusOf(form);
  const saver = saverOf(form, status);

  function onChange() {
    if (!saver.isDirty()) return;
    keepCopy(form, bodyOf(form));
    saver.saveSoon();
  }

  // A form on its way takes the text itself.
  function onLeaving() {
    if (form.dataset.sending || !saver.isDirty()) return;
    post(form, form.dataset.autosave, bodyOf(form)).catch(() => {});
  }

  keepTab(form);
  offerCopy(form, () => status.say(words("wait_for_network")));
  form.addEventListener("input", onChange);
  form.addEventListener("change", onChange);
  window.addEventListener("online", saver.save);
  document.addEventListener("visibilitychange", () => document.hidden && saver.save());
  window.addEventListener("pagehide", onLeaving);
  // What she typed is on the server before the page goes: a network that fails then takes nothing with it.
  hold(form, {
    isBusy: saver.isBusy,
    async finish() {
      await saver.save();
      const isDone = await saver.save(); // what was typed during the first
      if (!isDone) status.say(words("wait_for_network"));
      return isDone;
    },
  });
}

document.querySelectorAll("form[data-autosave]").forEach(enhance);
