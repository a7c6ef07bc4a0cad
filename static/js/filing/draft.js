// The draft of a form, as its hidden fields name it, and how it is sent.
const OWN = ["csrfmiddlewaretoken", "key", "revision", "tab", "form"];
// A browser lets little be sent while it leaves a page (64 kB in all).
const LEAVING_BYTES = 30000;

const texts = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");
const typed = (pairs) => JSON.stringify(pairs.filter(([name]) => !OWN.includes(name)));

export const bodyOf = (form) => new URLSearchParams(texts(form));
export const snapshotOf = (form) => typed(texts(form));
export const snapshotOfBody = (body) => typed([...new URLSearchParams(body)]);

// What an answer says of the draft goes to the hidden fields; the address names it, so that a reload finds it.
export function takeOver(form, { key, revision, token, draft }) {
  const fields = { key, revision, csrfmiddlewaretoken: token };
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) form.elements[name].value = value;
  }
  if (!draft || form.dataset.draft === draft) return;
  form.dataset.draft = draft;
  const address = new URL(form.action);
  address.search = new URLSearchParams({ brouillon: draft });
  window.history.replaceState(window.history.state, "", address);
}

async function read(answer) {
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { status: answer.status, ...(isJson ? await answer.json() : {}) };
}

// A page whose token grew old (a login in another tab) takes the fresh one and sends again, once.
export async function post(form, url, body, isAgain = false) {
  const keepalive = String(body).length < LEAVING_BYTES;
  const answer = await read(await fetch(url, { method: "POST", body, keepalive }));
  if (answer.status !== 403 || !answer.token || isAgain) return answer;
  takeOver(form, { token: answer.token });
  body.set("csrfmiddlewaretoken", answer.token);
  return post(form, url, body, true);
}
