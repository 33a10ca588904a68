// What is pressed in a control is the control's. JupyterLab would take it for the cell around: outside of text fields
// every key without Ctrl (an arrow goes to another cell, b adds one, d d deletes one), and Shift+Enter everywhere.
// It leaves alone an element with this mark, and looks when the page is told of a key; so the mark is set by who is
// told before.
const MARK = "data-lm-suppress-shortcuts";

// Ctrl or Cmd with one sign stays JupyterLab's: save, the list of commands
const isForLab = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && event.key.length === 1;

const isOurs = (element) => Boolean(element.closest?.(".weltoffen-controls"));

function keep(event) {
  if (isOurs(event.target)) event.target.toggleAttribute(MARK, !isForLab(event));
}

// JupyterLab forbids a line break wherever it is typed within a cell, also in a field of several lines
function write(event) {
  if (isOurs(event.target)) event.stopPropagation();
}

const LISTENERS = { keydown: keep, beforeinput: write };

function render() {
  for (const [kind, listener] of Object.entries(LISTENERS)) window.addEventListener(kind, listener, true);
  return () => {
    for (const [kind, listener] of Object.entries(LISTENERS)) window.removeEventListener(kind, listener, true);
  };
}

export default { render };
