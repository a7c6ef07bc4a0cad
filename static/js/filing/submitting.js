// A form leaves when those who still have something of it to send are done: `hold(form, holder)`, where the holder
// says `isBusy()` and `finish()` (a promise: whether the form may leave).
const held = new Map();

function watch(form) {
  const holders = [];
  let isWaiting = false;
  let isFree = false;

  async function letGo(submitter) {
    isWaiting = true;
    let isDone = true;
    for (const holder of holders) isDone = isDone && (!holder.isBusy() || (await holder.finish()));
    isWaiting = false;
    if (!isDone) return;
    isFree = true;
    form.requestSubmit(submitter?.isConnected ? submitter : undefined);
    isFree = false;
  }

  // First of all listeners: while somebody is busy, the form has not been submitted for the others.
  form.addEventListener("submit", (event) => {
    if (isFree || !(isWaiting || holders.some((holder) => holder.isBusy()))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!isWaiting) letGo(event.submitter);
  }, true);
  return holders;
}

export function hold(form, holder) {
  if (!held.has(form)) held.set(form, watch(form));
  held.get(form).push(holder);
}
