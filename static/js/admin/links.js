/* The round of link checks goes on by itself until nothing is left or somebody stops it. Without this script the same
   button takes one step after the other. */
"use strict";
{
  const form = document.querySelector("#link-round");
  const bar = document.querySelector("#link-progress");
  const status = form.querySelector("[role=status]");
  const button = form.querySelector("[type=submit]");
  const begin = button?.value;
  let running = false;

  const show = (words, state) => {
    status.textContent = words;
    if (state) {
      bar.max = state.total || 1;
      bar.value = state.done;
    }
  };

  const step = async () => {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      redirect: "error",
    });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };

  const run = async () => {
    running = true;
    button.value = form.dataset.pause;
    while (running) {
      try {
        const state = await step();
        show(state.words, state);
        if (state.offline) break;
        if (!state.left) {
          button.remove();
          break;
        }
      } catch {
        show(form.dataset.failed);
        break;
      }
    }
    running = false;
    button.value = begin;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (running) running = false;
    else run();
  });
}
