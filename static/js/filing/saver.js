// Sends what is typed, one sending at a time; tries again, less and less often, while nothing answers.
import { forget } from "./copy.js";
import { bodyOf, post, snapshotOf, takeOver } from "./draft.js";
import { words } from "./words.js";

const PAUSE_MS = 1500;
const LONGEST_WAIT_MS = 60000;

export function saverOf(form, status) {
  let saved = snapshotOf(form);
  let timer;
  let sending = null;
  let failures = 0;
  let isStopped = false;

  const isDirty = () => !isStopped && snapshotOf(form) !== saved;
  const isBusy = () => Boolean(sending) || isDirty();

  function judge(answer, sent) {
    if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
    isStopped = ![200, 409].includes(answer.status);
    if (isStopped) return status.notice("stopped", answer.sentence || words("not_kept"));
    [saved, failures] = [sent, 0];
    takeOver(form, answer);
    if (answer.status === 409) status.notice("apart", answer.sentence);
    if (answer.is_over) status.notice("over");
    if (!isDirty()) forget(form);
    return status.saved(answer.at);
  }

  const attempt = () => {
    const sent = snapshotOf(form);
    return post(form, form.dataset.autosave, bodyOf(form)).then((answer) => judge(answer, sent));
  };

  // Returns whether all that was typed when it was called is kept.
  async function save() {
    clearTimeout(timer);
    if (sending || !isDirty()) return sending ?? true;
    if (!failures) status.saving();
    sending = attempt().then(() => true, () => false);
    const isDone = await sending;
    sending = null;
    failures = isDone ? 0 : failures + 1;
    const wait = isDone ? PAUSE_MS : Math.min(1000 * 2 ** failures, LONGEST_WAIT_MS);
    if (!isDone) status.offline(wait, failures === 1);
    if (isDirty()) timer = setTimeout(save, wait);
    return isDone;
  }

  function saveSoon() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  }

  return { isDirty, isBusy, save, saveSoon };
}
