// Sends one file, alone: fetch says nothing of how far it is, XMLHttpRequest does.
import { takeOver } from "./draft.js";

// Nothing moves for so long: the network is gone, even if nobody said so.
const SILENCE_MS = 60000;

function answerOf(request) {
  try {
    return { status: request.status, ...JSON.parse(request.responseText) };
  } catch {
    return { status: request.status };
  }
}

function contentOf(form, extra) {
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "key", "tab", "form"]) body.set(name, form.elements[name].value);
  for (const [name, value] of Object.entries(extra)) body.set(name, value);
  return body;
}

function attempt(form, extra, onPercent, cancelled) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let watchdog;
    const awake = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => request.abort(), SILENCE_MS);
    };
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      awake();
      onPercent(total ? Math.floor((100 * loaded) / total) : 0);
    });
    request.addEventListener("loadend", () => clearTimeout(watchdog));
    request.addEventListener("load", () => (request.status >= 500 ? reject(new Error(request.status)) : resolve(answerOf(request))));
    for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => reject(new Error(end)));
    cancelled.addEventListener("abort", () => request.abort());
    // A connection that is gone says nothing for minutes; the browser knows at once.
    const stop = () => request.abort();
    window.addEventListener("offline", stop);
    request.addEventListener("loadend", () => window.removeEventListener("offline", stop));
    request.open("POST", form.dataset.uploadUrl);
    request.send(contentOf(form, extra));
    awake();
  });
}

// `extra`: the file under the name of its input, or what to take out. Rejects when the network or the server fails.
export async function sendFile(form, extra, onPercent, cancelled) {
  const answer = await attempt(form, extra, onPercent, cancelled);
  takeOver(form, answer);
  if (answer.status !== 403 || !answer.token) return answer;
  const again = await attempt(form, extra, onPercent, cancelled);
  takeOver(form, again);
  return again;
}
