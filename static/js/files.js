// <input type="file" multiple data-files>: several picks add up, each file can be taken out again before sending.
// data-max-bytes (one file) and data-max-count are said at once; the server checks them anyway.
const sameFile = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;

function sizeWords(bytes) {
  const rank = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : 2;
  const amount = new Intl.NumberFormat("fr", { maximumFractionDigits: 1 }).format(bytes / 1000 ** rank);
  return `${amount}\u00a0${["octets", "ko", "Mo"][rank]}`;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

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
    const button = element("button", "button button--quiet button--small", "Retirer");
    const isTooBig = file.size > Number(input.dataset.maxBytes ?? Infinity);
    button.type = "button";
    button.append(element("span", "visually-hidden", ` ${file.name}`));
    button.addEventListener("click", () => keep(kept.filter((one) => one !== file), `${file.name} retiré.`));
    const facts = isTooBig ? `${sizeWords(file.size)}\u00a0: trop lourd, retirez ce fichier` : sizeWords(file.size);
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
    const limit = isTooMany ? ` C’est plus que les ${input.dataset.maxCount} autorisés.` : "";
    live.textContent = `${news} ${kept.length} fichier${kept.length > 1 ? "s" : ""} à envoyer.${limit}`;
    if (!list.contains(document.activeElement)) input.focus();
  }

  input.addEventListener("change", () => {
    const fresh = [...input.files].filter((file) => !kept.some((one) => sameFile(one, file)));
    keep([...kept, ...fresh], fresh.map((file) => `${file.name} ajouté.`).join(" "));
  });
}

// Where files go one by one (filing/uploads.js), there is nothing to wait for.
document.querySelectorAll("form:not([data-upload-url]) input[type=file][multiple][data-files]").forEach(enhance);
