// The page of one request at the workbench; each module adds something to the elements that ask for it.
import "./desk/menu.js";
