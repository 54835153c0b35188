"use strict";
// Everything here is a comfort: the page says the same without it.
document.documentElement.classList.add("scripted");

// Space flickers the pair that is pointed at or focused; o hides and shows outlines.
let pointed = null;
document.querySelectorAll(".pair").forEach(function (pair) {
  pair.addEventListener("pointerenter", function () { pointed = pair; });
  pair.addEventListener("pointerleave", function () { pointed = null; });
});
document.addEventListener("keydown", function (event) {
  const pair = pointed || document.activeElement.closest(".pair");
  if (!pair) { return; }
  if (event.key === " ") { event.preventDefault(); pair.classList.toggle("swap"); }
  if (event.key === "o") { document.body.classList.toggle("bare"); }
});

// A press on a heading sorts its table.
function rank(row, column) {
  const text = row.cells[column].textContent.replace("−", "-");
  const number = parseFloat(text);
  return { text: text, number: number, isNumber: !isNaN(number) };
}
document.querySelectorAll("table.sortable").forEach(function (table) {
  Array.from(table.tHead.rows[0].cells).forEach(function (heading, column) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    heading.textContent = "";
    heading.appendChild(button);
    button.addEventListener("click", function () {
      const down = heading.getAttribute("aria-sort") === "ascending";
      Array.from(table.tHead.rows[0].cells).forEach(function (other) { other.removeAttribute("aria-sort"); });
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = Array.from(table.tBodies[0].rows);
      rows.sort(function (a, b) {
        const x = rank(a, column);
        const y = rank(b, column);
        if (x.isNumber !== y.isNumber) { return x.isNumber ? -1 : 1; }
        const order = x.isNumber ? x.number - y.number : x.text.localeCompare(y.text);
        return down ? -order : order;
      });
      rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
    });
  });
});
