// Shows the rows whose name or key holds what is typed; without it the page lists all.
(() => {
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/ß/g, "ss");
  const field = document.getElementById("search");
  const told = document.getElementById("found");
  const letters = document.getElementById("letters");
  const rows = [...document.querySelectorAll("tbody tr")];
  const texts = rows.map((row) => plain(row.cells[0].textContent + " " + row.dataset.key));
  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, number) => {
      row.hidden = !words.every((word) => texts[number].includes(word));
      count += row.hidden ? 0 : 1;
    });
    if (letters) letters.hidden = words.length > 0;
    told.textContent = words.length ? told.dataset.said.replace("{count}", count).replace("{all}", rows.length) : "";
  };
  field.addEventListener("input", show);
  field.closest(".search").hidden = false;
  show();
})();
