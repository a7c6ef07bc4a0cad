// Files dropped anywhere on a piece are joined to it.
export function acceptDrops(piece, onFiles) {
  const mark = (isOver) => piece.classList.toggle("piece--over", isOver);
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  piece.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  piece.addEventListener("dragleave", (event) => piece.contains(event.relatedTarget) || mark(false));
  piece.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(false);
    onFiles(event.dataTransfer.files);
  });
}
