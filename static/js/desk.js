// The page of one request at the workbench, and of its moves; each module adds to the elements that ask for it.
import "./desk/canned.js";
import "./desk/held.js";
import "./desk/menu.js";
import "./desk/presence.js";
import "./desk/quote.js";
import "./desk/shortcuts.js";
