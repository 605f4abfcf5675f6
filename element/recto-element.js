// The element <recto-article src="article.json">: an article in any page. What is inside the tag is shown without script, while the
// article is on its way, and whenever it cannot be shown. Nothing is loaded before the element comes near the window;
// all elements share one program, which comes from beside this file. Of the page around it nothing is touched.

import { fetched } from "../boot/fetched.js";

// Written out, so that bundlers find the files. The build gives them names that change with the content.
const styles = new URL("./recto-element.css", import.meta.url).href;
const program = {
  reading: fetched(new URL("./recto-reading.js", import.meta.url).href, new URL("./recto-reading_bg.wasm", import.meta.url).href),
  formats: fetched(new URL("./recto-formats.js", import.meta.url).href, new URL("./recto-formats_bg.wasm", import.meta.url).href),
  app: fetched(new URL("./recto-app.js", import.meta.url).href, new URL("./recto-app_bg.wasm", import.meta.url).href),
};
const ATTRIBUTES = ["src", "format", "theme", "heading-level", "contents", "comments", "comments-url", "images", "storage", "router", "loading"];
const PARTS = { header: ".r-header", title: "[id='recto-~title']", body: ".r-article", contents: ".r-contents", error: ".r-failure" };

export const version = "0.1.0";

// What did not arrive is asked for again the next time.
function once(load) {
  let loading;
  return () => (loading ??= load().catch((error) => ((loading = undefined), Promise.reject(error))));
}

const reading = once(async () => {
  const [{ FirstArticle, Modules }, answer] = await Promise.all([import("./modules.js"), fetch(styles)]);
  if (!answer.ok) throw new TypeError(`${styles}: HTTP ${answer.status}`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await answer.text());
  return { FirstArticle, modules: new Modules(program), sheet };
});

const interfacePart = once(program.app);

// The element that is being used: if the program stops there, it is this one's.
let used;
globalThis.addEventListener?.("error", ({ error }) => {
  if (used && error instanceof WebAssembly.RuntimeError) used.stop(error);
});

// So that the file can be imported where there is no page.
const Base = globalThis.HTMLElement ?? class {};

export class RectoArticle extends Base {
  static observedAttributes = ATTRIBUTES;
  static version = version;

  #container = document.createElement("div");
  #slot = document.createElement("slot");
  #internals = this.attachInternals();
  #article;
  #near;
  #end;
  #opening = 0;
  #first;
  // What keeps the promise; nothing once it is kept.
  #settle;
  #state = "idle";

  // Resolves once the article can be read; rejects where it cannot.
  ready;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).append(this.#slot, this.#container);
    this.#container.className = "r-root";
    for (const type of ["click", "input", "keydown", "submit", "focusin", "change"]) {
      this.shadowRoot.addEventListener(type, () => (used = this), true);
    }
    this.#promise();
  }

  // The article itself, as an object or text of any format that Recto reads, in place of an address.
  get article() {
    return this.#article;
  }
  set article(article) {
    this.#article = article ?? undefined;
    this.#changed();
  }

  // "idle", "loading", "readable" (the text is there), "ready" (all is there), "failed".
  get state() {
    return this.#state;
  }

  get version() {
    return version;
  }

  // Fetches and shows the article anew.
  reload() {
    this.#leave();
    this.#near = true;
    return this.#begin();
  }

  // Scrolls to a section by its id, and opens what is folded around it; false where there is none.
  scrollToSection(id) {
    const section = this.shadowRoot.getElementById(`recto-${id}`);
    for (let around = section; around; around = around.parentElement) if (around.localName === "details") around.open = true;
    section?.scrollIntoView();
    return Boolean(section);
  }

  // The words of the article as they are shown.
  toPlainText() {
    return this.shadowRoot.querySelector(".r-article")?.innerText ?? "";
  }

  connectedCallback() {
    // Set before the element was known: https://web.dev/articles/custom-elements-best-practices
    for (const name of ["article", ...ATTRIBUTES.map(property)]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    if (this.#near === undefined) this.#await();
  }

  // Elements that are only moved are connected again at once.
  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  connectedMoveCallback() {}

  attributeChangedCallback(name, before, after) {
    if (before === after || name === "theme") return;
    if (name !== "loading") this.#changed();
    else if (after === "eager" && this.#near === false && this.isConnected) this.reload();
  }

  // The program stopped in this element: what was there without it comes back.
  stop(error) {
    used = undefined;
    this.#fail("panic", "The article's program stopped because of an error.", error);
  }

  #promise() {
    this.ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    // Whoever does not ask is told by the event.
    this.ready.catch(() => {});
  }

  // What was promised of one article is not said of the next.
  #renew() {
    if (!this.#settle) this.#promise();
  }

  // What keeps the promise, to be called once.
  #taken() {
    const settle = this.#settle;
    this.#settle = undefined;
    return settle;
  }

  #set(state) {
    this.#internals.states?.delete(this.#state);
    this.#state = state;
    this.#internals.states?.add(state);
  }

  #changed() {
    if (this.#state === "idle" && !this.#near) return;
    // Several attributes may change at once.
    const opening = ++this.#opening;
    this.#renew();
    queueMicrotask(() => opening === this.#opening && this.isConnected && this.reload());
  }

  #await() {
    this.#near = false;
    if (this.loading === "eager" || !globalThis.IntersectionObserver) return void this.reload();
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        if (this.isConnected && !this.#near) this.reload();
      },
      { rootMargin: "200px" },
    );
    observer.observe(this);
    this.#end = () => observer.disconnect();
  }

  #leave() {
    this.#opening++;
    this.#end?.();
    this.#end = undefined;
    this.#near = undefined;
    this.#clear();
    this.#renew();
    this.#set("idle");
  }

  // What was there without the program comes back; an article that is on its way finds no place any more.
  #clear() {
    this.#first?.handOver();
    this.#first = undefined;
    this.#container.replaceChildren();
    this.#slot.hidden = false;
  }

  async #begin() {
    const opening = ++this.#opening;
    const isCurrent = () => opening === this.#opening;
    const script = this.querySelector(':scope > script[type="application/json"]');
    const given = this.#article ?? script?.textContent;
    if (given === undefined && !this.src) return;
    this.#set("loading");
    let address = "";
    try {
      const text = given === undefined || typeof given === "string" ? given : JSON.stringify(given);
      if (text === undefined) {
        if (!URL.canParse(this.src, this.baseURI)) throw new Refusal();
        const { href, protocol } = new URL(this.src, this.baseURI);
        if (!/^https?:$/.test(protocol)) throw new Refusal();
        address = href;
      }
      if (typeof WebAssembly !== "object") throw new TypeError("there is no WebAssembly");
      const { FirstArticle, modules, sheet } = await reading();
      if (!isCurrent()) return;
      this.shadowRoot.adoptedStyleSheets = [sheet];
      const level = Math.min(6, Math.max(1, Math.trunc(this.headingLevel) || 2));
      const place = () => this.#container;
      const first = (this.#first = new FirstArticle(modules, { place, level, pictures: this.images, isPage: false, mayHaveContents: this.contents !== "none" }));
      await Promise.all([first.show(address, text), modules.reading()]);
      if (!isCurrent()) return;
      if (this.#container.firstChild) this.#show();
      const { start_in } = await interfacePart();
      if (!isCurrent()) return;
      first.handOver();
      const host = {
        container: this.#container,
        address,
        asked: (name) => this.getAttribute(name) ?? "",
        tell: (name, detail) => !isCurrent() || this.#told(name, JSON.parse(detail)),
      };
      this.#end = start_in(modules, first, host);
    } catch (error) {
      if (!isCurrent()) return;
      const [code, message] = reason(error);
      // A text that is there can be read without the rest.
      if (this.#state === "readable" && code !== "panic") return void console.error("recto-article:", code, error);
      this.#fail(code, message, error);
    }
  }

  #show() {
    this.#slot.hidden = true;
    this.#set("readable");
    this.#label();
  }

  #label() {
    for (const [name, selector] of Object.entries(PARTS)) {
      for (const element of this.#container.querySelectorAll(selector)) element.part.add(name);
    }
  }

  // What the program tells.
  #told(name, detail) {
    if (name === "recto-error") {
      this.#set("failed");
      this.#slot.hidden = false;
      console.error("recto-article:", detail.code, detail.message, detail.detail);
      this.#taken()?.reject(new Error(detail.message));
    } else if (name === "recto-load") {
      this.#slot.hidden = true;
      this.#set("ready");
      const settle = this.#taken();
      queueMicrotask(() => {
        this.#label();
        settle?.resolve();
      });
    } else if (name === "recto-choices") {
      this.#show();
    }
    return this.#send(name, detail);
  }

  #send(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  #fail(code, message, error) {
    this.#opening++;
    this.#end = undefined;
    this.#clear();
    const note = Object.assign(document.createElement("p"), { className: "r-failure", textContent: `${message} ` });
    note.setAttribute("role", "alert");
    const again = Object.assign(document.createElement("button"), { type: "button", className: "r-button", textContent: "Try again" });
    again.addEventListener("click", () => this.reload());
    note.append(again);
    this.#container.append(note);
    this.#label();
    this.#set("failed");
    console.error("recto-article:", code, error);
    this.#taken()?.reject(error);
    this.#send("recto-error", { code, message, detail: String(error) });
  }
}

for (const name of ATTRIBUTES) {
  Object.defineProperty(RectoArticle.prototype, property(name), {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(name) ?? "";
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

function property(attribute) {
  return attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

// An address that is none of a file.
class Refusal extends TypeError {}

function reason(error) {
  if (error instanceof Refusal) return ["not-allowed", "This is no address of an article."];
  if (error instanceof TypeError && /circular|cyclic/i.test(error.message)) return ["not-json", "This is no article."];
  const message = String(error?.message);
  if (typeof WebAssembly !== "object") return ["wasm-unsupported", "This browser cannot show the article: it has no WebAssembly."];
  if (error instanceof WebAssembly.RuntimeError) return ["panic", "The article's program stopped because of an error."];
  if (/policy|unsafe-eval|TrustedHTML|trusted/i.test(message)) return ["blocked-by-csp", "This page does not allow the article's program to run."];
  if (error instanceof WebAssembly.CompileError) return ["version-mismatch", "The article's program is damaged."];
  return ["network", "The article's program did not arrive."];
}

// Makes the element known, under a name of the page's choice.
export function define(tag = "recto-article") {
  const known = globalThis.customElements?.get(tag);
  if (known) {
    if (known.version !== version) console.warn(`recto-article: <${tag}> is version ${known.version} already; ${version} is not used.`);
    return;
  }
  // A class can be registered once.
  globalThis.customElements?.define(tag, class extends RectoArticle {});
}
