// [data-tree]: unfolds and folds all branches at once.
function enhance(tree) {
  const branches = [...tree.querySelectorAll("details")];
  const setAll = (isOpen) => branches.forEach((branch) => (branch.open = isOpen));

  for (const tool of tree.querySelectorAll("[data-tree-tools]")) tool.hidden = false;
  tree.querySelector("[data-tree-open]")?.addEventListener("click", () => setAll(true));
  tree.querySelector("[data-tree-close]")?.addEventListener("click", () => setAll(false));
}

document.querySelectorAll("[data-tree]").forEach(enhance);
