/* Rows of a form in order: ↑ and ↓ as real buttons that move the row and write the numbers. The number fields
   stay, so nothing here is needed to put rows in order. Works for rows in tables and for stacked ones. */
"use strict";
{
  const ROW = "tr.form-row:not(.empty-form), .inline-related[id]:not(.empty-form)";
  const field = (row) => row.querySelector('input[name$="-position"]');
  const rowsOf = (group) => [...group.querySelectorAll(ROW)].filter(field);
  const groups = () => document.querySelectorAll(".inline-group");
  const live = document.createElement("p");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");

  const number = (group) => {
    const rows = rowsOf(group);
    rows.forEach((row, index) => {
      field(row).value = index + 1;
      const [up, down] = row.querySelectorAll(".move");
      up?.setAttribute("aria-label", `Zeile ${index + 1} nach oben`);
      down?.setAttribute("aria-label", `Zeile ${index + 1} nach unten`);
      up?.setAttribute("aria-disabled", index === 0);
      down?.setAttribute("aria-disabled", index === rows.length - 1);
    });
  };

  const move = (button, step) => {
    const row = button.closest(ROW);
    const group = row.closest(".inline-group");
    const rows = rowsOf(group);
    const target = rows[rows.indexOf(row) + step];
    if (!target) return;
    step < 0 ? target.before(row) : target.after(row);
    number(group);
    button.focus();
    live.textContent = `Jetzt Zeile ${rowsOf(group).indexOf(row) + 1} von ${rows.length}.`;
  };

  const equip = (row) => {
    const input = field(row);
    if (!input || row.querySelector(".move")) return;
    const cell = document.createElement("span");
    cell.className = "moves";
    input.before(cell);
    cell.append(input);
    for (const [sign, step] of [["↑", -1], ["↓", 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "move";
      button.textContent = sign;
      button.addEventListener("click", () => move(button, step));
      cell.append(button);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(live);
    for (const group of groups()) {
      rowsOf(group).forEach(equip);
      number(group);
    }
  });
  document.addEventListener("formset:added", (event) => {
    if (!field(event.target)) return;
    equip(event.target);
    number(event.target.closest(".inline-group"));
  });
  document.addEventListener("formset:removed", () => groups().forEach(number));
}
