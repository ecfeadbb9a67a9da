// Makes the page of a video pleasant. Without this file: the browser's own player, links with a second, the whole text.
// What it keeps stays in this browser (localStorage), can be switched off, and is never sent anywhere.
const PLACES = "nachlese.stellen"; // {slug: seconds}, or "aus" when the visitor wants nothing kept
const PROVIDERS = "nachlese.anbieter"; // providers whose player is always loaded
const MOST_PLACES = 50;
const LEAST_SECONDS = 5;
const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}
function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing: then nothing is kept.
  }
}
function clock(seconds) {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  return parts[0] === "00" ? parts.slice(1).join(":") : `${Number(parts[0])}:${parts[1]}:${parts[2]}`;
}
function secondsOf(address) {
  const url = new URL(address, location.href);
  const start = parseFloat(url.searchParams.get("t"));
  return url.pathname === location.pathname && Number.isFinite(start) ? start : null;
}

// ── Players of others: nothing is loaded before the visitor says so ──────────────────────────
const consent = $("[data-consent]");
if (consent) {
  const provider = consent.dataset.consent;
  const load = $("[data-load]", consent);
  const always = $("[data-always]", consent);
  if (read(PROVIDERS, []).includes(provider)) location.replace(load.href);
  always.hidden = false;
  always.addEventListener("click", () => {
    keep(PROVIDERS, [...new Set([...read(PROVIDERS, []), provider])]);
    location.assign(load.href);
  });
}
const framed = $("[data-provider]");
if (framed && read(PROVIDERS, []).includes(framed.dataset.provider)) {
  const forget = $("[data-forget]", framed);
  forget.hidden = false;
  forget.addEventListener("click", () => {
    keep(PROVIDERS, read(PROVIDERS, []).filter((provider) => provider !== framed.dataset.provider));
    forget.hidden = true;
  });
}

// ── Our player ───────────────────────────────────────────────────────────────────────────────
const box = $("[data-player]");
const video = box && $("video", box);
let sentences = [];
let userScrolledAt = 0;

function collect() {
  sentences = all("[data-script] [data-t]");
  const hint = $("[data-select-hint]");
  if (hint) hint.hidden = false;
}
// The last one that has begun: lists are in order.
function at(items, moment) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(items[middle].dataset.t) <= moment) low = middle + 1;
    else high = middle;
  }
  return items[low - 1] ?? null;
}
function seek(seconds) {
  box.dataset.to = "";
  const go = () => {
    video.currentTime = seconds;
    video.play().catch(() => {});
  };
  if (video.readyState) go();
  else {
    video.addEventListener("loadedmetadata", go, { once: true });
    video.load();
  }
}

if (video) {
  const controls = $("[data-controls]", box);
  const follow = $("[data-follow]", box);
  const speed = $("[data-speed]", box);
  const remember = $("[data-remember]", box);
  const resumed = $("[data-resumed]", box);
  const chapters = all(".chapters [data-t]");
  const bars = all(".bar rect", box);
  const slug = box.dataset.slug;
  let current = null;
  let savedAt = 0;
  controls.hidden = false;
  follow.closest("label").hidden = !$("[data-script]");

  const show = () => {
    const moment = video.currentTime * 1000 + 50;
    const chapter = at(chapters, moment);
    chapters.forEach((item, number) => {
      if (item === chapter) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
      bars[number]?.classList.toggle("on", item === chapter);
    });
    const sentence = at(sentences, moment);
    if (sentence === current) return;
    current?.classList.remove("now");
    sentence?.classList.add("now");
    current = sentence;
    const idle = Date.now() - userScrolledAt > 4000;
    if (sentence && follow.checked && !video.paused && idle && box.classList.contains("is-docked")) {
      sentence.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    }
  };
  for (const name of ["timeupdate", "seeked"]) video.addEventListener(name, show);

  // A passage plays to its end; whoever goes on after that, goes on.
  video.addEventListener("timeupdate", () => {
    if (!box.dataset.to || video.paused || video.currentTime < Number(box.dataset.to)) return;
    box.dataset.to = "";
    video.pause();
  });

  // Resume where I stopped, unless the address says where to begin.
  const places = () => (read(PLACES, {}) === "aus" ? null : read(PLACES, {}));
  const save = (seconds) => {
    const kept = places();
    if (!kept) return;
    delete kept[slug];
    const isWorth = seconds > LEAST_SECONDS && seconds < video.duration - LEAST_SECONDS;
    const others = Object.entries(kept).slice(-MOST_PLACES + 1);
    keep(PLACES, Object.fromEntries(isWorth ? [...others, [slug, Math.floor(seconds)]] : others));
  };
  remember.checked = Boolean(places());
  remember.addEventListener("change", () => {
    keep(PLACES, remember.checked ? {} : "aus");
    if (remember.checked && !video.paused) save(video.currentTime);
  });
  video.addEventListener("timeupdate", () => {
    if (video.paused || Math.abs(video.currentTime - savedAt) < 2) return;
    savedAt = video.currentTime;
    save(savedAt);
  });
  video.addEventListener("pause", () => save(video.currentTime));
  video.addEventListener("ended", () => save(0));
  const place = places()?.[slug];
  if (place && !box.dataset.from) {
    const words = $("[data-resumed-words]", resumed);
    const resume = () => {
      video.currentTime = place;
      resumed.hidden = false;
      words.textContent = words.dataset.words.replace("{}", clock(place));
    };
    if (video.readyState) resume();
    else video.addEventListener("loadedmetadata", resume, { once: true });
  }
  $("[data-restart]", box).addEventListener("click", () => {
    resumed.hidden = true;
    seek(0);
    video.focus();
  });
  $("[data-forget-place]", box).addEventListener("click", () => {
    resumed.hidden = true;
    video.pause();
    save(0);
    video.currentTime = 0;
    video.focus();
  });

  // Speed and keys. Space and arrows are the browser's own; letters count only while the player has the focus.
  const rates = [...speed.options].map((option) => Number(option.value));
  const setRate = (rate) => {
    video.playbackRate = rate;
    speed.value = String(rate);
  };
  speed.addEventListener("change", () => setRate(Number(speed.value)));
  const keys = {
    k: () => (video.paused ? video.play().catch(() => {}) : video.pause()),
    j: () => (video.currentTime -= 10),
    l: () => (video.currentTime += 10),
    m: () => (video.muted = !video.muted),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen?.()),
    c: () => {
      const texts = [...video.textTracks].filter((track) => ["captions", "subtitles"].includes(track.kind));
      const shown = texts.find((track) => track.mode === "showing");
      if (shown) shown.mode = "hidden";
      else if (texts.length) texts[0].mode = "showing";
    },
    ",": () => setRate(rates[Math.max(0, rates.indexOf(video.playbackRate) - 1)]),
    ".": () => setRate(rates[Math.min(rates.length - 1, rates.indexOf(video.playbackRate) + 1)]),
  };
  video.addEventListener("keydown", (event) => {
    const act = keys[event.key.toLowerCase()];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });

  // Beside the text: when the player has left the window while it plays, it stays in a corner (wide windows only).
  const frame = $(".video__frame", box);
  new IntersectionObserver(([entry]) => {
    box.classList.toggle("is-docked", !entry.isIntersecting && !video.paused);
  }).observe(frame);
  for (const name of ["wheel", "touchmove", "keydown"]) {
    addEventListener(name, () => (userScrolledAt = Date.now()), { passive: true });
  }

  // Links with a second move the player instead of loading the page; versions take the place along.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link?.matches("[data-version]")) {
      const url = new URL(link.href);
      if (video.currentTime > 0) url.searchParams.set("t", Math.floor(video.currentTime));
      link.href = url;
    } else if (link && secondsOf(link.href) !== null) {
      event.preventDefault();
      const hash = new URL(link.href).hash;
      const sentence = hash.startsWith("#s-") && document.getElementById(hash.slice(1));
      seek(secondsOf(link.href));
      if (sentence) sentence.scrollIntoView({ block: "center" });
      else video.focus({ preventScroll: box.classList.contains("is-docked") });
    } else if (!link && event.target.closest("[data-script] [data-t]") && getSelection().isCollapsed) {
      seek(Number(event.target.closest("[data-t]").dataset.t) / 1000);
    }
  });
}

// ── The text: search without leaving the player, quote what is marked ────────────────────────
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-swap]");
  if (!form || !video) return;
  event.preventDefault();
  const address = `?${new URLSearchParams(new FormData(form))}`;
  try {
    const page = await fetched(address);
    $("#transkript-teil").replaceWith($("#transkript-teil", page));
    history.replaceState(null, "", address);
    collect();
    $("#im").focus();
  } catch {
    location.assign(address);
  }
});

function markedSentences() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  return sentences.filter((sentence) => range.intersectsNode(sentence));
}
document.addEventListener("selectionchange", () => {
  const bar = $("[data-quotebar]");
  if (!bar || bar.contains(document.activeElement)) return;
  const marked = markedSentences();
  bar.hidden = !marked.length;
  if (!marked.length) return;
  const [first, last] = [marked[0], marked.at(-1)].map((sentence) => sentence.id.slice(2));
  const query = new URLSearchParams(location.search);
  for (const name of ["t", "im"]) query.delete(name);
  query.set("s", `${first}-${last}`);
  $("[data-quote]", bar).href = `?${query}#zitat`;
});
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-quote]");
  if (!link || !video) return;
  event.preventDefault();
  try {
    const page = await fetched(link.href);
    const quotation = $("#zitat-teil", page);
    $("#zitat-teil").remove();
    $("#transkript-teil").parentElement.before(document.adoptNode(quotation));
    history.replaceState(null, "", link.href);
    offerCopying(quotation);
    link.parentElement.hidden = true;
    $("#zitat").focus();
    $("#zitat").scrollIntoView();
  } catch {
    location.assign(link.href);
  }
});
function offerCopying(root) {
  for (const button of navigator.clipboard ? all("[data-copy]", root) : []) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const status = $("[data-copy-status]", button.closest(".cite"));
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
        status.textContent = status.dataset.done;
      } catch {
        status.textContent = status.dataset.failed;
      }
    });
  }
}
collect();
