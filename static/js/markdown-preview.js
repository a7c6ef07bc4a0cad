// <section data-markdown-preview="address" data-field="id of the textarea">: shows the text as readers will see it, while it is typed.
// The server draws it ([data-preview] is replaced by its answer): one way to read Markdown, and nothing to trust here.
const WAIT_MS = 500;

async function draw(section, field, signal) {
  const token = field.form.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ body: field.value });
  const answer = await fetch(section.dataset.markdownPreview, {
    method: "POST", body, signal, headers: { "X-CSRFToken": token }, credentials: "same-origin",
  });
  if (!answer.ok || answer.redirected) return; // the button still asks the server for a whole page
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  section.querySelector("[data-preview]").replaceChildren(...page.body.childNodes);
}

function prepare(section) {
  const field = document.getElementById(section.dataset.field);
  let timer, asked;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      asked?.abort();
      asked = new AbortController();
      draw(section, field, asked.signal).catch(() => {}); // lost network, or a newer text on its way
    }, WAIT_MS);
  });
}

document.querySelectorAll("[data-markdown-preview]").forEach(prepare);
