/* A link to a field whose textarea is hidden behind the text editor leads to the editor instead. */
"use strict";
{
  const editorOf = (hash) => {
    const field = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    return field && field.closest(".prose-editor");
  };

  const jump = () => {
    const editor = editorOf(location.hash);
    if (!editor) return;
    editor.scrollIntoView({ block: "center" });
    editor.querySelector("[contenteditable]")?.focus({ preventScroll: true });
  };

  /* The editor builds itself after the page is there. */
  window.addEventListener("load", () => requestAnimationFrame(jump));
  window.addEventListener("hashchange", jump);
}
