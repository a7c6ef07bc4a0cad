// One file on its way to its piece: waits its turn, goes, then is joined, refused, or stopped and ready to go again.
import { rowOf } from "./file-row.js";
import { addRows, listOf, tidy } from "./kept-files.js";
import { sendFile } from "./send-file.js";
import { announce, sizeWords, words } from "./words.js";

export function uploadOf({ form, input, file, queue, failed }) {
  const piece = input.closest("[data-piece]");
  const row = rowOf(file);
  const { name } = file;
  let stop;
  let percent;

  function leave(sentence) {
    const hadFocus = row.item.contains(document.activeElement);
    failed.delete(row);
    row.item.remove();
    tidy(piece);
    if (hadFocus) input.focus();
    announce(sentence);
  }

  function refuse(sentence) {
    row.fails(sentence, [["understood", () => leave("")]]);
    announce(sentence);
  }

  function onCut() {
    if (stop.signal.aborted) return;
    failed.add(row);
    row.fails(words("cut", { percent }), [["again", start], ["give_up", () => leave(words("cancelled", { name }))]]);
    announce(words("cut_said", { name }));
  }

  async function go() {
    if (stop.signal.aborted) return;
    const onPercent = (done) => row.goes((percent = done));
    const answer = await sendFile(form, { [input.name]: file }, onPercent, stop.signal).catch(() => null);
    const refusal = answer?.refusals?.join(" ") || answer?.sentence;
    for (const each of form.querySelectorAll("[data-piece]")) addRows(each, answer?.files ?? []);
    if (refusal) refuse(refusal);
    else if (answer?.status === 200) leave(words("joined", { name }));
    else onCut();
  }

  function start() {
    [stop, percent] = [new AbortController(), 0];
    failed.delete(row);
    row.waits(() => {
      stop.abort();
      leave(words("cancelled", { name }));
    });
    queue.add(go);
  }

  listOf(piece).append(row.item);
  const most = Number(form.elements.files?.dataset.maxBytes ?? Infinity);
  if (file.size > most) refuse(`${words("refused", { name })}. ${words("too_big", { size: sizeWords(most) })}`);
  else start();
}
