/* The programme in the form of an event: rows of contributions, and in each of them rows of people.
   New rows come from the templates of the page; search fields and text editors wake up when their row is opened. */
"use strict";
{
  const $ = (found) => django.jQuery(found);
  const live = document.createElement("p");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");
  const say = (words) => (live.textContent = words);
  const groupOf = (element) => element.closest(".programme");

  /* ── Waking up ─────────────────────────────────────────────────────────────────────────── */
  const wakeSelect = (select) => {
    const kind = select.name.split("-").pop();
    const model = groupOf(select).querySelector("template[data-person]")?.content.querySelector(`select[name$="-${kind}"]`);
    if (!model) return;
    for (const { name, value } of model.attributes) if (/^(data-|lang$)/.test(name)) select.setAttribute(name, value);
    select.classList.replace("later", "admin-autocomplete");
    $(select).djangoAdminSelect2();
  };

  const wakeText = (textarea) => {
    textarea.classList.remove("later");
    textarea.setAttribute("data-django-prose-editor-configurable", groupOf(textarea).dataset.editor);
    import("django-prose-editor/configurable").then(({ createEditor }) => createEditor(textarea));
  };

  const wake = (part) => {
    if (!part.querySelector(":scope > details[open]")) return;
    part.querySelectorAll("select.later").forEach(wakeSelect);
    part.querySelectorAll("textarea.later").forEach(wakeText);
  };

  /* ── Rows come and go ──────────────────────────────────────────────────────────────────── */
  const equip = (root) => {
    for (const button of root.querySelectorAll("button[data-add], button.remove")) button.hidden = false;
  };

  const add = (group, template) => {
    const { prefix } = group.dataset;
    const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
    const number = Number(total.value);
    const blank = template.innerHTML.match(/name="([\w-]+-__prefix__)-position"/)[1];
    const made = document.createElement("template");
    made.innerHTML = template.innerHTML.replaceAll(blank, `${prefix}-${number}`);
    const row = made.content.firstElementChild;
    group.querySelector("[data-rows]").append(row);
    total.value = number + 1;
    equip(row);
    row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: prefix } }));
    if (row.matches(".part")) wake(row);
    row.querySelector(".cells :is(input, select)")?.focus();
    say(`${group.dataset.noun} hinzugefügt.`);
    return row;
  };

  const remove = (button) => {
    const group = button.closest("[data-noun]");
    button.closest(".person, .part").remove();
    document.dispatchEvent(new CustomEvent("formset:removed", { detail: { formsetName: group.dataset.prefix } }));
    group.querySelector(":scope > [data-add], :scope > fieldset > [data-add]")?.focus();
    say(`${group.dataset.noun} entfernt.`);
  };

  const press = (event) => {
    const button = event.target.closest("button");
    if (button?.matches(".programme .remove")) remove(button);
    if (button?.matches(".programme [data-add]")) {
      add(button.closest("[data-noun]"), groupOf(button).querySelector(`template[data-${button.dataset.add}]`));
    }
  };

  /* ── Suggestions ───────────────────────────────────────────────────────────────────────── */
  /* The organisations known of a person, entered where nothing stands yet, and said so. */
  const suggest = async (person) => {
    const row = person.closest(".person");
    const field = row?.querySelector('select[name$="-organisations"]');
    if (!field || !person.value) return;
    row.setAttribute("aria-label", person.selectedOptions[0].textContent);
    if (field.selectedOptions.length) return;
    const answer = await fetch(groupOf(row).dataset.knownUrl.replace("__key__", person.value));
    const known = answer.ok ? (await answer.json()).organisations : [];
    if (field.selectedOptions.length) return;
    for (const { id, text } of known) field.add(new Option(text, id, true, true));
    row.querySelector('input[name$="-is_suggested"]').value = "on";
    if (!known.length) return;
    $(field).trigger("change");
    const note = row.querySelector(".suggested") ?? document.createElement("p");
    note.className = "suggested";
    note.textContent = "Aus dem Profil vorgeschlagen. Bitte prüfen: Galt das an diesem Tag?";
    field.closest(".cell").append(note);
    say(`Einrichtung vorgeschlagen: ${known.map((each) => each.text).join(", ")}.`);
  };

  /* The heading of a row says what is typed. */
  const title = (event) => {
    if (!event.target.matches('.part input[name$="-title"]')) return;
    const words = event.target.closest(".part").querySelector(".part-title");
    words.textContent = event.target.value || words.dataset.empty;
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(live);
    for (const group of document.querySelectorAll(".programme")) {
      equip(group);
      group.querySelectorAll(".part").forEach(wake);
      group.addEventListener("toggle", (event) => wake(event.target.parentElement), true);
      group.addEventListener("click", press);
      group.addEventListener("input", title);
    }
    $(document).on("change", '.programme select[name$="-speaker"]', (event) => suggest(event.target));
  });
}
