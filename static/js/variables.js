// <fieldset data-variables>: the variable chosen goes to the caret of the text chosen, else to its end.
import { instead } from "./desk/writing.js";

for (const tool of document.querySelectorAll("[data-variables]")) {
  const { form } = tool;
  const { variable, field: place } = form.elements;
  const names = [...place.options].map((option) => option.value);
  const entered = new Set();
  // The text one writes in is the one meant.
  form.addEventListener("focusin", ({ target }) => {
    if (!names.includes(target.name)) return;
    entered.add(target.name);
    place.value = target.name;
  });
  instead(tool.querySelector("button"), () => {
    const text = form.elements[place.value];
    text.closest("details")?.setAttribute("open", "");
    const end = text.value.length;
    const [from, to] = entered.has(text.name) ? [text.selectionStart, text.selectionEnd] : [end, end];
    text.setRangeText(`{{ ${variable.value} }}`, from, to, "end");
    text.focus();
  });
}
