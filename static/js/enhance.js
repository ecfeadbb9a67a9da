// Optional. Every page works without this file.
// Copy buttons appear only where copying is possible; the result is announced in the words of the page.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const status = button.closest(".cite").querySelector("[data-copy-status]");
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
        status.textContent = status.dataset.done;
      } catch {
        status.textContent = status.dataset.failed;
      }
    });
  }
}
