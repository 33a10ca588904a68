// What is pressed in a control is the control's. JupyterLab would take it for the cell around: outside of text fields
// every key without Ctrl (an arrow goes to another cell, b adds one, d d deletes one), and Shift+Enter everywhere.
// It leaves alone an element with this mark, and looks when the page is told of a key; so the mark is set by who is
// told before.
const MARK = "data-lm-suppress-shortcuts";

// Ctrl or Cmd with one sign stays JupyterLab's: save, the list of commands
const isForLab = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && event.key.length === 1;

function keep(event) {
  if (event.target.closest?.(".weltoffen-controls")) event.target.toggleAttribute(MARK, !isForLab(event));
}

function render() {
  window.addEventListener("keydown", keep, true);
  return () => window.removeEventListener("keydown", keep, true);
}

export default { render };
