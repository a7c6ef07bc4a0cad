// One line of the list of files: on its way, stopped, refused. `actions` are what its buttons do.
import { element, sizeWords, words } from "./words.js";

export function button(text, name, onClick) {
  const made = element("button", "button button--quiet button--small", text);
  made.type = "button";
  made.append(element("span", "visually-hidden", ` ${name}`));
  made.addEventListener("click", onClick);
  return made;
}

export function rowOf(file) {
  const item = element("li", "file-list__item file-list__item--going");
  const facts = element("span", "file-list__facts", sizeWords(file.size));
  const text = element("span", "file-list__words");
  const bar = element("progress", "file-list__progress");
  const buttons = element("span", "file-list__buttons");
  bar.max = 100;
  bar.setAttribute("aria-label", words("sending", { name: file.name }));
  text.append(element("span", "file-list__name", file.name), facts);
  item.append(text, bar, buttons);

  function show(sentence, actions) {
    facts.textContent = sentence;
    buttons.replaceChildren(...actions.map(([word, action]) => button(words(word), file.name, action)));
  }

  return {
    item,
    waits(onCancel) {
      item.classList.remove("file-list__item--failed");
      bar.hidden = false;
      bar.removeAttribute("value");
      show(words("waiting"), [["cancel", onCancel]]);
    },
    goes(percent) {
      bar.value = percent;
      facts.textContent = percent < 100 ? words("percent", { percent }) : words("checking");
    },
    // `actions`: [word, function] pairs; the first one takes the focus when the button she was on is gone.
    fails(sentence, actions) {
      const hadFocus = buttons.contains(document.activeElement);
      item.classList.add("file-list__item--failed");
      bar.hidden = true;
      show(sentence, actions);
      if (hadFocus) buttons.firstChild.focus();
    },
  };
}
