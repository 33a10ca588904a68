// What a change did, as a text that is spoken whenever it changes: a screen reader only hears of changes in an element
// that was there before, so it is the text that is replaced and not the element.

function render({ model, el }) {
  const line = el.appendChild(Object.assign(document.createElement("p"), { role: "status" }));
  const show = () => { line.textContent = model.get("text"); };
  model.on("change:text", show);
  show();
  return () => model.off("change:text", show);
}

export default { render };
