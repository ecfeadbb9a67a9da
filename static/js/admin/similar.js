/* While the name of somebody new is typed: who is already there under one like it. Without this script the form asks
   when it is sent. */
"use strict";
{
  const PAUSE = 400;

  const begin = (fields) => {
    const box = document.createElement("div");
    box.className = "similar";
    box.hidden = true;
    const status = document.createElement("div");
    status.setAttribute("role", "status");
    const consent = document.createElement("label");
    consent.className = "anyway";
    box.append(status, consent);
    fields.at(-1).closest(".form-row").append(box);
    let timer = 0;
    let asked = 0;

    /* A tick is for those who are shown, and gone with them. */
    const offer = (words) => {
      const tick = document.createElement("input");
      tick.type = "checkbox";
      tick.name = "_anyway";
      consent.replaceChildren(tick, words);
    };

    let shown = "";
    const show = ({ words, found, consent: question }) => {
      const urls = found.map(({ url }) => url).join(" ");
      if (urls === shown) return;
      shown = urls;
      box.hidden = !found.length;
      status.replaceChildren();
      consent.replaceChildren();
      if (!found.length) return;
      const heading = document.createElement("b");
      heading.textContent = words;
      const list = document.createElement("ul");
      for (const { name, url, state } of found) {
        const link = document.createElement("a");
        link.href = url;
        link.textContent = name;
        link.target = "_blank";
        link.rel = "noopener";
        const item = document.createElement("li");
        item.append(link, ` (${state})`);
        list.append(item);
      }
      status.append(heading, list);
      offer(question);
    };

    const ask = async () => {
      const number = ++asked;
      const { similar, similarKind } = fields[0].dataset;
      const query = new URLSearchParams({ art: similarKind });
      for (const field of fields) query.set(field.dataset.similarAs, field.value);
      try {
        const answer = await fetch(`${similar}?${query}`, { redirect: "error" });
        if (answer.ok && number === asked) show(await answer.json());
      } catch {
        /* Without an answer the form asks when it is sent. */
      }
    };

    for (const field of fields) {
      field.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(ask, PAUSE);
      });
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const fields = [...document.querySelectorAll("[data-similar]")];
    if (fields.length) begin(fields);
  });
}
