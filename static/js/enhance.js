// Optional. Every page works without this file.
// 1. Time stamps move a loaded, self-hosted video instead of reloading the page.
const video = document.querySelector("video");
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href*="?t="]');
  if (!link || !video) return;
  event.preventDefault();
  video.currentTime = Number(new URL(link.href).searchParams.get("t"));
  video.focus();
  video.play();
});
// 2. Copy buttons appear only where copying is possible; the result is announced in the words of the page.
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
