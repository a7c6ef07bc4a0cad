// Puts words where one writes: at the caret of the message of a form, or at its end.
export function insert(form, words, { apart = true } = {}) {
  const field = form.querySelector("textarea[name=message]");
  const place = field.selectionStart ?? field.value.length;
  const before = field.value.slice(0, place);
  const gap = apart && before.trim() ? (before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n") : "";
  field.setRangeText(gap + words, place, field.selectionEnd ?? place, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

// The form stays where it is: the button does here what it would do through the server.
export function instead(button, act) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    act();
  });
}
