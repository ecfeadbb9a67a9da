/* Names for what other scripts build without one, or with an English one: the text editor's box and buttons,
   Select2's fields and lists. */
"use strict";
{
  /* The editor has a German catalogue for its dialogs, but these are fixed in its code. */
  const GERMAN = {
    paragraph: "Absatz",
    heading: "Überschrift",
    "heading 3": "Zwischenüberschrift",
    "heading 4": "Kleine Zwischenüberschrift",
    "unordered list": "Aufzählung",
    "ordered list": "Nummerierte Liste",
    blockquote: "Zitat",
    bold: "Fett",
    italic: "Kursiv",
    "insert link": "Link setzen",
    "remove link": "Link entfernen",
    undo: "Rückgängig",
    redo: "Wiederholen",
  };
  let count = 0;
  const idOf = (element) => (element.id ||= `name-${++count}`);

  /* The label of a form field as a list of ids; an aria-label becomes a hidden text. */
  const nameOf = (control) => {
    const label = control.id && document.querySelector(`label[for="${CSS.escape(control.id)}"]`);
    if (label) return idOf(label);
    const words = control.getAttribute("aria-label");
    if (!words) return "";
    const hidden = document.createElement("span");
    hidden.hidden = true;
    hidden.textContent = words;
    control.after(hidden);
    return idOf(hidden);
  };

  const translate = (button) => {
    const german = GERMAN[button.title?.toLowerCase()];
    if (german) {
      button.title = german;
      button.setAttribute("aria-label", german);
    }
    const option = button.matches(".prose-menubar__option") && button.firstElementChild;
    const words = option && GERMAN[option.textContent.toLowerCase()];
    if (words) option.textContent = words;
  };

  const nameEditor = (box) => {
    const control = box.closest(".prose-editor")?.querySelector("textarea");
    if (!control || box.hasAttribute("aria-labelledby")) return;
    box.setAttribute("role", "textbox");
    box.setAttribute("aria-multiline", "true");
    box.setAttribute("aria-labelledby", nameOf(control));
  };

  const nameSelect = (container) => {
    const control = container.previousElementSibling;
    const select = control?.tagName === "SELECT" ? control : container.parentElement.querySelector("select");
    if (!select || container.dataset.named) return;
    container.dataset.named = "yes";
    const name = nameOf(select);
    const box = container.querySelector(".select2-selection");
    const value = container.querySelector(".select2-selection__rendered");
    box.setAttribute("aria-labelledby", `${name} ${idOf(value)}`);
    if (value.getAttribute("role") === "textbox") value.setAttribute("aria-labelledby", name);
    for (const field of container.querySelectorAll(".select2-search__field")) field.setAttribute("aria-labelledby", name);
  };

  /* What is chosen stands in a list that holds a search field too: to a screen reader it is plain text. */
  const flatten = (list) => {
    list.setAttribute("role", "none");
    for (const item of list.querySelectorAll(":scope > li:not([role])")) item.setAttribute("role", "none");
  };

  const nameAll = () => {
    document.querySelectorAll("ul.select2-selection__rendered").forEach(flatten);
    document.querySelectorAll(".prose-menubar button").forEach(translate);
    document.querySelectorAll(".ProseMirror[contenteditable]").forEach(nameEditor);
    for (const box of document.querySelectorAll(".select2-selection[aria-owns]")) {
      box.setAttribute("aria-controls", box.getAttribute("aria-owns"));
    }
    document.querySelectorAll(".select2-container--admin-autocomplete:not(.select2-container--open)").forEach(nameSelect);
    for (const list of document.querySelectorAll(".select2-results__options:not([aria-label])")) {
      list.setAttribute("aria-label", "Treffer");
    }
    for (const field of document.querySelectorAll(".select2-dropdown .select2-search__field:not([aria-label])")) {
      field.setAttribute("aria-label", "Suchen");
    }
  };

  const nameSigns = () => {
    for (const sign of document.querySelectorAll('img[alt="True"]')) sign.alt = "ja";
    for (const sign of document.querySelectorAll('img[alt="False"]')) sign.alt = "nein";
    for (const sign of document.querySelectorAll('img[alt="None"]')) sign.alt = "unbekannt";
  };

  document.addEventListener("DOMContentLoaded", () => {
    nameSigns();
    nameAll();
    new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  });
}
