// A number, changed by a slider or by a field beside it; both carry its name, and the sentence that refuses a number
// belongs to both. What is typed goes to Python as it is; what holds then comes back.

function render({ model, el }) {
  const id = `weltoffen-number-${Math.random().toString(36).slice(2)}`;
  const add = (tag, given) => el.appendChild(Object.assign(document.createElement(tag), given));
  const label = add("label", { htmlFor: `${id}-slider`, textContent: model.get("label") });
  const slider = add("input", { type: "range", id: `${id}-slider`, min: 0 });
  const field = add("input", { type: "text", id: `${id}-field`, inputMode: "decimal", autocomplete: "off" });
  const refused = add("span", { id: `${id}-refused`, role: "alert" });
  el.classList.add("weltoffen-number");
  field.setAttribute("aria-label", `${model.get("label")}, ${model.get("field_label")}`);
  for (const input of [slider, field]) input.setAttribute("aria-describedby", refused.id);
  Object.assign(slider, { max: model.get("most"), step: model.get("step") });

  // what stands in the field and is known: entered once, by the key or on leaving it
  let known = "";
  // what was entered last and is not answered yet; an answer to what was entered before is late
  let entered = 0;
  let waiting = "";
  const show = () => {
    if (waiting && model.get("answered") !== waiting) return;
    waiting = "";
    const error = model.get("error");
    slider.value = model.get("value");
    slider.setAttribute("aria-valuetext", model.get("text"));
    // what was refused stays, to be mended; and what is being typed
    if (!error) {
      if (field.value === known || !field.matches(":focus")) field.value = model.get("text");
      known = model.get("text");
    }
    field.setAttribute("aria-invalid", error ? "true" : "false");
    refused.textContent = error;
  };
  const enter = (text) => {
    known = text;
    entered += 1;
    waiting = `${id}-${entered}`;
    model.send({ entered: text, as: waiting });
  };
  const leave = () => { if (field.value !== known) enter(field.value); };
  const written = () => slider.value.replace(".", ",");
  slider.addEventListener("input", () => { field.value = written(); });
  slider.addEventListener("change", () => enter(written()));
  field.addEventListener("change", leave);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") leave(); });
  model.on("change:answers", show);
  show();
  return () => model.off("change:answers", show);
}

export default { render };
