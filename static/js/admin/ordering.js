/* Rows of a form in order: ↑ and ↓ as real buttons that move the row and write the numbers. The number fields
   stay, so nothing here is needed to put rows in order. Works for rows in tables, for stacked ones and for rows
   in rows. */
"use strict";
{
  const ROW = "tr.form-row:not(.empty-form), .inline-related[id]:not(.empty-form), .person";
  const GROUP = ".inline-group, .people";
  const field = (row) =>
    [...row.querySelectorAll('input[name$="-position"]')].find((input) => input.closest(ROW) === row);
  const groupOf = (row) => row.parentElement.closest(GROUP);
  const rowsOf = (group) => [...group.querySelectorAll(ROW)].filter((row) => groupOf(row) === group && field(row));
  const groups = () => document.querySelectorAll(GROUP);
  const nounOf = (group) => group.dataset.noun ?? "Zeile";
  const live = document.createElement("p");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");

  const number = (group) => {
    const rows = rowsOf(group);
    rows.forEach((row, index) => {
      const input = field(row);
      input.value = index + 1;
      const [up, down] = input.parentElement.querySelectorAll(".move");
      up?.setAttribute("aria-label", `${nounOf(group)} ${index + 1} nach oben`);
      down?.setAttribute("aria-label", `${nounOf(group)} ${index + 1} nach unten`);
      up?.setAttribute("aria-disabled", index === 0);
      down?.setAttribute("aria-disabled", index === rows.length - 1);
    });
  };

  const move = (button, step) => {
    const row = button.closest(ROW);
    const group = groupOf(row);
    const rows = rowsOf(group);
    const target = rows[rows.indexOf(row) + step];
    if (!target) return;
    step < 0 ? target.before(row) : target.after(row);
    number(group);
    button.focus();
    live.textContent = `Jetzt ${nounOf(group)} ${rowsOf(group).indexOf(row) + 1} von ${rows.length}.`;
  };

  const equip = (row) => {
    const input = field(row);
    if (!input || input.closest(".moves")) return;
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

  /* Django numbers the fields of all rows anew when one is taken away, in the order of the page: rows that are saved
     must stand first then, as they did when the page came. Their order here is put back afterwards. */
  const sorted = (group, rank) => {
    const rows = rowsOf(group);
    const place = document.createComment("");
    rows[0]?.before(place);
    [...rows].sort((one, other) => rank(one) - rank(other)).forEach((row) => place.before(row));
    place.remove();
  };
  const index = (row) => Number(row.id.match(/\d+$/));
  const position = (row) => Number(field(row).value);

  let waiting = null;
  document.addEventListener(
    "click",
    (event) => {
      const group = event.target.closest?.("a.inline-deletelink")?.closest(".inline-group");
      if (!group) return;
      waiting = group;
      sorted(group, index);
      setTimeout(() => {
        waiting = null;
        sorted(group, position);
        number(group);
      });
    },
    true,
  );

  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(live);
    for (const group of groups()) {
      rowsOf(group).forEach(equip);
      number(group);
    }
  });
  document.addEventListener("formset:added", (event) => {
    for (const row of [event.target, ...event.target.querySelectorAll(ROW)]) if (field(row)) equip(row);
    for (const group of [groupOf(event.target), ...event.target.querySelectorAll(GROUP)]) number(group);
  });
  document.addEventListener("formset:removed", () => {
    for (const group of groups()) if (group !== waiting) number(group);
  });
}
