// <div data-canned="address">: the answer chosen is put where one writes; the field above it narrows the list.
import { insert, instead } from "./writing.js";

function narrow(search, choice, all) {
  const asked = search.value.toLocaleLowerCase().trim();
  const kept = all.filter((option) => !option.value || option.textContent.toLocaleLowerCase().includes(asked));
  for (const option of all) option.hidden = option.disabled = !kept.includes(option);
  for (const group of choice.querySelectorAll("optgroup")) group.hidden = [...group.children].every((one) => one.hidden);
  choice.value = (asked && kept.find((option) => option.value)?.value) || "";
}

async function wordsOf(address, form) {
  const asked = new FormData();
  asked.set("canned", form.elements.canned.value);
  asked.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(address, { method: "POST", body: asked, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).words;
}

for (const tool of document.querySelectorAll("[data-canned]")) {
  const [search, choice, button] = ["input[type=search]", "select", "button"].map((name) => tool.querySelector(name));
  const { form } = button;
  const said = tool.querySelector("[data-canned-said]");
  const all = [...choice.querySelectorAll("option")];
  search.hidden = false;
  search.addEventListener("input", () => narrow(search, choice, all));
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    button.click();
  });
  instead(button, async () => {
    if (!choice.value) {
      choice.focus();
      return;
    }
    try {
      insert(form, await wordsOf(tool.dataset.canned, form));
      said.textContent = said.dataset.words;
    } catch {
      said.textContent = said.dataset.failed;
      said.classList.remove("visually-hidden");
    }
  });
}
