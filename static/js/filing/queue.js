// So many jobs at once, the others in their order. `add(job)` starts it when there is room; a job is an async function.
export function queueOf(most) {
  const waiting = [];
  const running = new Set();

  async function run(job) {
    running.add(job);
    await job();
    running.delete(job);
    next();
  }

  function next() {
    while (waiting.length && running.size < most) run(waiting.shift());
  }

  return {
    add(job) {
      waiting.push(job);
      next();
    },
    isBusy: () => waiting.length + running.size > 0,
  };
}
