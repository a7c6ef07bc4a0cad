// [data-tree]: filters the themes while typing, unfolds and folds all branches, says how many are left.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function wordsOf(leaf, tree) {
  const parts = [leaf.textContent, leaf.dataset.words ?? ""];
  for (let node = leaf.closest("details"); node && tree.contains(node); node = node.parentElement.closest("details")) {
    parts.push(node.querySelector("summary").textContent);
  }
  return plain(parts.join(" "));
}

function countWords(count) {
  if (count === 0) return "Aucun thème ne correspond.";
  return count === 1 ? "1 thème correspond." : `${count} thèmes correspondent.`;
}

function enhance(tree) {
  const branches = [...tree.querySelectorAll("details")];
  const leaves = [...tree.querySelectorAll("[data-tree-leaf]")].map((leaf) => ({ leaf, words: wordsOf(leaf, tree) }));
  const filter = tree.querySelector("[data-tree-filter]");
  const status = tree.querySelector("[data-tree-count]");
  const before = new Map();

  const setAll = (isOpen) => branches.forEach((branch) => (branch.open = isOpen));

  function apply() {
    const asked = plain(filter.value).split(/\s+/).filter(Boolean);
    if (asked.length && !before.size) branches.forEach((branch) => before.set(branch, branch.open));
    let count = 0;
    for (const { leaf, words } of leaves) {
      const isLeft = asked.every((word) => words.includes(word));
      leaf.closest("li").hidden = !isLeft;
      if (isLeft) count += 1;
    }
    for (const branch of branches) {
      branch.closest("li").hidden = !branch.querySelector("li:not([hidden]) > [data-tree-leaf]");
      if (asked.length) branch.open = true;
      else if (before.has(branch)) branch.open = before.get(branch);
    }
    if (!asked.length) before.clear();
    if (status) status.textContent = asked.length ? countWords(count) : "";
  }

  for (const tool of tree.querySelectorAll("[data-tree-tools]")) tool.hidden = false;
  tree.querySelector("[data-tree-open]")?.addEventListener("click", () => setAll(true));
  tree.querySelector("[data-tree-close]")?.addEventListener("click", () => setAll(false));
  filter?.addEventListener("input", apply);
  if (filter?.value) apply();
}

document.querySelectorAll("[data-tree]").forEach(enhance);
