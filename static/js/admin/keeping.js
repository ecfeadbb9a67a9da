/* Nothing typed is lost: what stands in a form goes to the server every few seconds, as this editor's own unsaved
   input. Says so in the save bar, says who else has the form open, and carries on when the server or the log-in is
   gone for a while. Without this script the form works as ever. */

const EVERY = 2500;
const PULSE = 15000;
const PATIENCE = 8000;
const LONGEST_PAUSE = 15000;
/* What a browser still sends for a page that is going away. */
const FAREWELL = 60000;
const OWN = new Set(["csrfmiddlewaretoken", "_tab", "_who"]);
const COPY = "unsaved:";
const BEFORE = "unsaved-before";

const newTab = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
};

/* What a window remembers from page to page; where that is forbidden, the page alone. */
class Memory {
  getItem(key) {
    return this[key] ?? null;
  }
  setItem(key, words) {
    this[key] = words;
  }
  removeItem(key) {
    delete this[key];
  }
}
const storage = (() => {
  try {
    return window.sessionStorage;
  } catch {
    return new Memory();
  }
})();

/* A copy in this window, for as long as the server does not have it. It goes with the window. */
const copies = {
  put(copy) {
    try {
      storage.setItem(COPY + copy.tab, JSON.stringify(copy));
    } catch {
      /* Full: then there is only the page itself. */
    }
  },
  drop: (tab) => storage.removeItem(COPY + tab),
  all: () =>
    Object.keys(storage)
      .filter((key) => key.startsWith(COPY))
      .map((key) => JSON.parse(storage.getItem(key))),
};

/* The page this window showed before. Its leave may come in after this page's arrival, and whoever reloads would
   read that they have the form open in another window: so the arrival names it, and it is gone either way. */
const before = {
  note(tab) {
    try {
      storage.setItem(BEFORE, tab);
    } catch {
      /* Full: the server forgets it after a while. */
    }
  },
  take() {
    const tab = storage.getItem(BEFORE) || "";
    storage.removeItem(BEFORE);
    return tab;
  },
};

class Keeper {
  constructor(form, bar) {
    this.form = form;
    this.bar = bar;
    this.words = bar.dataset;
    this.tab = form.elements._tab;
    this.before = before.take();
    this.presence = document.querySelector("#presence");
    this.rendered = this.kept = this.fields();
    this.heardAt = this.failures = this.notBefore = 0;
    this.isBusy = this.isLeaving = this.isOver = false;
  }

  /* ── What stands in the form ─────────────────────────────────────────────────────────────── */
  fields() {
    const secret = new Set([...this.form.querySelectorAll("input[type=password]")].map((input) => input.name));
    const sent = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value !== "string" || OWN.has(name) || secret.has(name) || name.includes("__prefix__")) continue;
      sent.append(name, value);
    }
    return sent.toString();
  }

  /* ── Talking with the server ─────────────────────────────────────────────────────────────── */
  send(what, fields, { tab = this.tab.value, form = this.words.form, isGoing = false } = {}) {
    const query = new URLSearchParams({ form, tab, tun: what, wer: this.words.owner });
    if (isGoing) query.set("weg", "1");
    if (this.before && this.before !== tab) query.set("vorher", this.before);
    const token = encodeURIComponent(this.form.elements.csrfmiddlewaretoken.value);
    return fetch(`${this.words.url}?${query}`, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: `csrfmiddlewaretoken=${token}&${fields}`,
      keepalive: document.visibilityState === "hidden" && fields.length < FAREWELL,
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  /* After a new log-in in another window the old token is no good. */
  async renewToken() {
    const answer = await fetch(this.words.url, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) return answer;
    const { token } = await answer.json();
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
    return null;
  }

  async ask(...message) {
    const answer = await this.send(...message);
    if (answer.status !== 403 || (await answer.clone().json()).state !== "token") return answer;
    return (await this.renewToken()) || this.send(...message);
  }

  async tick({ isHurried = false } = {}) {
    if (this.isOver || this.isLeaving || (this.isBusy && !isHurried)) return;
    const fields = this.fields();
    const isNew = fields !== this.kept;
    if (!isNew && (document.visibilityState === "hidden" || Date.now() - this.heardAt < PULSE)) return;
    if (!isHurried && Date.now() < this.notBefore) {
      if (isNew) this.copy(fields);
      return;
    }
    this.isBusy = true;
    try {
      await this.hear(await this.ask(this.purpose(fields, isNew), isNew ? fields : ""), fields, isNew);
    } catch {
      this.pause(fields, isNew, "away");
    }
    this.isBusy = false;
  }

  purpose(fields, isNew) {
    if (!isNew) return "melden";
    return fields === this.rendered && !this.words.typed ? "verwerfen" : "aufheben";
  }

  async hear(answer, fields, isNew) {
    if (answer.status === 401) return this.pause(fields, isNew, "loggedOut");
    if (answer.status === 400 || answer.status === 413) return this.pause(fields, isNew, "tooLarge");
    if (answer.status === 403) {
      this.isOver = true;
      this.copy(fields);
      return this.say("refused");
    }
    if (!answer.ok) return this.pause(fields, isNew, "away");
    const heard = await answer.json();
    this.heardAt = Date.now();
    this.failures = this.notBefore = 0;
    this.before = "";
    this.showOthers(heard.others || "");
    if (heard.state === "saved") {
      /* The form was saved, and the page came back from the browser's memory: a new piece of work. */
      this.tab.value = newTab();
      return null;
    }
    if (!isNew) return this.kept === this.rendered ? this.say("") : this.say("kept");
    this.kept = fields;
    copies.drop(this.tab.value);
    return heard.state === "kept" ? this.say("kept", heard.at) : this.say("");
  }

  pause(fields, isNew, words) {
    if (isNew) this.copy(fields);
    this.failures += 1;
    this.notBefore = Date.now() + Math.min(LONGEST_PAUSE, 1000 * 2 ** this.failures);
    this.say(words);
  }

  copy(fields) {
    copies.put({ tab: this.tab.value, form: this.words.form, owner: this.words.owner, fields });
  }

  /* ── What the editor reads ───────────────────────────────────────────────────────────────── */
  /* Read out when it changes; the time beside it is not. */
  say(key, at) {
    const [live, when] = this.bar.children;
    const words = key ? this.words[key] : "";
    if (live.textContent !== words) live.textContent = words;
    if (at || key !== "kept") when.textContent = at ? this.words.at.replace("%s", at) : "";
    this.bar.dataset.state = key;
    const link = this.bar.querySelector("a");
    if (key !== "loggedOut") link?.remove();
    else if (!link) this.bar.append(this.logInLink());
  }

  logInLink() {
    const link = document.createElement("a");
    link.href = this.words.login;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = this.words.logIn;
    return link;
  }

  showOthers(words) {
    if (this.presence && this.presence.textContent !== words) this.presence.textContent = words;
  }

  /* ── What an earlier page of this window could not send ──────────────────────────────────── */
  async bringCopies() {
    for (const copy of copies.all()) {
      if (copy.owner !== this.words.owner) copies.drop(copy.tab);
      else if (copy.tab !== this.tab.value) await this.bring(copy);
    }
  }

  async bring(copy) {
    try {
      const answer = await this.ask("aufheben", copy.fields, { ...copy, isGoing: true });
      if (!answer.ok) return;
      const { state, number } = await answer.json();
      copies.drop(copy.tab);
      if (state === "kept" && copy.form === this.words.form) this.offer(number);
    } catch {
      /* Still away: the copy stays for the next page. */
    }
  }

  offer(number) {
    const found = document.querySelector("#unsaved-found");
    if (!found || document.querySelector(`.unsaved-note[data-number="${number}"]`)) return;
    const link = found.querySelector("a");
    const address = new URL(link.href);
    address.searchParams.set("eingaben", number);
    link.href = address;
    found.hidden = false;
  }

  /* ── Beginning and end ───────────────────────────────────────────────────────────────────── */
  begin() {
    setInterval(() => this.tick(), EVERY);
    this.form.addEventListener("submit", (event) => this.leave(event));
    document.addEventListener("visibilitychange", () => this.wake());
    addEventListener("focus", () => this.wake());
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => this.tick({ isHurried: true }));
    addEventListener("pagehide", () => this.go());
    addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      this.isLeaving = false;
      this.before = before.take();
      this.wake();
    });
    this.tick();
    this.bringCopies();
  }

  wake() {
    this.notBefore = 0;
    if (document.visibilityState === "visible" && this.failures) this.heardAt = 0;
    this.tick({ isHurried: document.visibilityState === "hidden" });
  }

  /* Sent by the editor: from here on the server has it, or the copy. The preview opens elsewhere, the page stays. */
  leave(event) {
    if (event.submitter?.formTarget === "_blank") return;
    const fields = this.fields();
    if (fields !== this.kept) this.copy(fields);
    this.isLeaving = true;
    setTimeout(() => (this.isLeaving = false), 2 * PATIENCE);
  }

  go() {
    before.note(this.tab.value);
    const fields = this.fields();
    const isNew = fields !== this.kept && !this.isLeaving && !this.isOver;
    if (isNew) this.copy(fields);
    this.send(isNew ? this.purpose(fields, true) : "melden", isNew ? fields : "", { isGoing: true }).catch(() => {});
  }
}

const bar = document.querySelector("#unsaved-status");
if (bar?.closest("form")) {
  const begin = () => new Keeper(bar.closest("form"), bar).begin();
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
