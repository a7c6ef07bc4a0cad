// <button data-quote="form">: the message above it, with « > » before each line. <div data-mention>: « @name ».
import { insert, instead } from "./writing.js";

for (const button of document.querySelectorAll("button[data-quote]")) {
  instead(button, () => {
    const message = button.closest("li").querySelector(".timeline__message");
    const lines = message.innerText.trim().split("\n");
    insert(button.form, `${lines.map((line) => `> ${line}`.trimEnd()).join("\n")}\n`);
  });
}

for (const tool of document.querySelectorAll("[data-mention]")) {
  const button = tool.querySelector("button");
  const choice = tool.querySelector("select");
  instead(button, () => {
    if (choice.value) insert(button.form, `@${choice.value} `, { apart: false });
    else choice.focus();
  });
}
