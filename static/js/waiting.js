// The page that waits for a file asks again every second and shows what has changed. Without this script it reloads.
const SECONDS = 1;
const title = document.title;

const ask = async () => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

const wait = async () => {
  let pause = SECONDS;
  while (document.querySelector("#stand").dataset.state === "running") {
    await new Promise((resolve) => setTimeout(resolve, pause * 1000));
    try {
      const page = await ask();
      const fresh = page.querySelector("#stand");
      const shown = document.querySelector("#stand");
      if (fresh.dataset.state === "running") {
        shown.querySelector("progress").replaceWith(fresh.querySelector("progress"));
        shown.querySelector(".num").textContent = fresh.querySelector(".num").textContent;
      } else {
        shown.replaceChildren(...fresh.childNodes);
        shown.dataset.state = fresh.dataset.state;
        // A screen reader tells what changes in a place it knows already; an error speaks for itself.
        document.querySelector("#meldung").textContent = shown.querySelector(".lead")?.textContent ?? "";
      }
      document.title = page.title || title;
      pause = SECONDS;
    } catch {
      pause = Math.min(pause * 2, 30);
    }
  }
};

wait();
