// <form data-submit-once>: a second click while the first is on its way sends nothing.
// The buttons keep their name and value (aria-disabled, not disabled): the server needs them.
const RELEASE_AFTER_MS = 20000;

const buttonsOf = (form) => form.querySelectorAll("button[type=submit], input[type=submit]");

function release(form) {
  delete form.dataset.sending;
  for (const button of buttonsOf(form)) button.removeAttribute("aria-disabled");
  const words = form.querySelector("[data-sending-words]");
  if (words) words.textContent = "";
}

function hold(form) {
  form.dataset.sending = "yes";
  for (const button of buttonsOf(form)) button.setAttribute("aria-disabled", "true");
  form.querySelector("[data-sending-words]").textContent = "Envoi en cours…";
  // The visitor may have stopped the loading: she must be able to try again.
  setTimeout(() => release(form), RELEASE_AFTER_MS);
}

function prepare(form) {
  const words = document.createElement("p");
  words.className = "quiet";
  words.setAttribute("role", "status");
  words.dataset.sendingWords = "";
  form.append(words);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sending) event.preventDefault();
    else if (!event.defaultPrevented) hold(form);
  });
}

const forms = document.querySelectorAll("form[data-submit-once]");
forms.forEach(prepare);
// Coming back with the browser's own button shows the page as it was left.
window.addEventListener("pageshow", () => forms.forEach(release));
