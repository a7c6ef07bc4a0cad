// <input type="file" multiple data-files>: several picks add up, each file can be taken out again before sending.
// data-max-bytes (one file) and data-max-count are said at once; the server checks them anyway.
import { element, sizeWords, words as say } from "./words.js";

const sameFile = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;

function enhance(input) {
  const list = element("ul", "file-list", "");
  const live = element("p", "file-picker__live", "");
  list.setAttribute("role", "list");
  live.setAttribute("role", "status");
  input.after(live, list);
  let kept = [];

  function row(file) {
    const item = element("li", "file-list__item", "");
    const words = element("span", "file-list__words", "");
    const button = element("button", "button button--quiet button--small", say("remove"));
    const isTooBig = file.size > Number(input.dataset.maxBytes ?? Infinity);
    button.type = "button";
    button.append(element("span", "visually-hidden", ` ${file.name}`));
    button.addEventListener("click", () => keep(kept.filter((one) => one !== file), say("removed", { name: file.name })));
    const facts = isTooBig ? say("too_heavy", { size: sizeWords(file.size) }) : sizeWords(file.size);
    words.append(element("span", "file-list__name", file.name), element("span", "file-list__facts", facts));
    item.append(words, button);
    return item;
  }

  function keep(files, news) {
    const transfer = new DataTransfer();
    kept = files;
    kept.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
    list.replaceChildren(...kept.map(row));
    const isTooMany = kept.length > Number(input.dataset.maxCount ?? Infinity);
    const limit = isTooMany ? ` ${say("too_many", { count: input.dataset.maxCount })}` : "";
    live.textContent = `${news} ${say("to_send", { count: kept.length })}${limit}`;
    if (!list.contains(document.activeElement)) input.focus();
  }

  input.addEventListener("change", () => {
    const fresh = [...input.files].filter((file) => !kept.some((one) => sameFile(one, file)));
    keep([...kept, ...fresh], fresh.map((file) => say("added", { name: file.name })).join(" "));
  });
}

// Where files go one by one (filing/uploads.js), there is nothing to wait for.
document.querySelectorAll("form:not([data-upload-url]) input[type=file][multiple][data-files]").forEach(enhance);
