// Fields that are handed on together when the button is pressed, and the sentence that says what came of it. Values
// are sent with the press: sent one by one, the last ones could come after it.

function fieldOf(given, id) {
  const tag = { text: "input", note: "textarea", list: "select" }[given.kind];
  const made = Object.assign(document.createElement(tag), { id, autocomplete: "off" });
  for (const option of given.options ?? []) {
    made.appendChild(Object.assign(document.createElement("option"), { value: option, textContent: option }));
  }
  if (given.kind === "note") made.rows = 3;
  if (given.kind !== "list" || given.options.includes(given.value)) made.value = given.value;
  return made;
}

function render({ model, el }) {
  const id = `weltoffen-form-${Math.random().toString(36).slice(2)}`;
  const fields = el.appendChild(document.createElement("div"));
  const button = el.appendChild(Object.assign(document.createElement("button"), { textContent: model.get("button") }));
  const told = el.appendChild(Object.assign(document.createElement("p"), { role: "alert" }));
  el.classList.add("weltoffen-form");
  button.classList.add("jupyter-button", "widget-button");
  fields.style.gridTemplateColumns = "minmax(8em, 14em) minmax(8em, 22em) ".repeat(model.get("across"));

  let shown = [];
  const fill = () => {
    fields.replaceChildren();
    shown = model.get("fields").map((given, number) => {
      const field = fieldOf(given, `${id}-${number}`);
      fields.append(Object.assign(document.createElement("label"), { htmlFor: field.id, textContent: given.label }), field);
      return field;
    });
  };
  const tell = () => { told.textContent = model.get("told"); };
  button.addEventListener("click", () => model.send({ pressed: shown.map((field) => field.value) }));
  model.on("change:fields", fill);
  model.on("change:told", tell);
  fill();
  tell();
  return () => {
    model.off("change:fields", fill);
    model.off("change:told", tell);
  };
}

export default { render };
