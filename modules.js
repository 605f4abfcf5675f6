// The parts of the program that read files. One is there first: it reads articles of the site's own format, and so the
// article that the address names is in the page before the interface has arrived, which then takes it over as it is.
// The other knows every other format and is loaded when a file needs it.

const MOST_BYTES = 32 * 1024 * 1024;

export class Modules {
  #addresses;
  #parts = new Map();
  #reading;
  #first;
  #isHandedOver = false;
  // Makes of markup what the browser's parsers take.
  policy;

  // Addresses of each part's script and program, by its name.
  constructor(addresses) {
    this.#addresses = addresses;
    const rules = { createHTML: (markup) => markup };
    const policy = globalThis.trustedTypes?.createPolicy("recto", rules) ?? rules;
    this.policy = (markup) => policy.createHTML(markup);
  }

  // Loads a part once; again where it did not arrive.
  #part(name) {
    if (!this.#parts.has(name)) {
      const { js, wasm } = this.#addresses[name];
      const part = import(js).then(async (part) => (await part.default({ module_or_path: wasm }), part));
      part.catch(() => this.#parts.delete(name));
      this.#parts.set(name, part);
    }
    return this.#parts.get(name);
  }

  // The part that is there first.
  async reading() {
    return (this.#reading = await this.#part("reading"));
  }

  // The page as text and its markup; nothing where the file is for `convert`. Throws a text where it cannot be read.
  async read(bytes, name, type, url) {
    return (await this.reading()).read(bytes, name, type, url);
  }

  // A file of any format: its format, the warnings, and of each article title, date, language and Article JSON.
  // `hint` is the file's name, media type, address and the word for the format that the reader says it is.
  async convert(bytes, hint) {
    return (await this.#part("formats")).read(bytes, hint, this.policy);
  }

  // The article at `index` of a file in another form: the name of the new file, and its content.
  async save(bytes, hint, index, form) {
    const [name, type, content] = (await this.#part("formats")).save(bytes, hint, this.policy, index, form);
    return [name, new Blob([content], { type })];
  }

  // The markup of a comment's Markdown.
  comment(markdown) {
    return this.#reading.comment(markdown);
  }

  // The interface is there: from now on it is for it to put articles into the page.
  handOver() {
    this.#isHandedOver = true;
  }

  // What was fetched for the address, the first time it is asked for.
  async first(src) {
    const first = await this.#first;
    this.#first = undefined;
    return first?.src === src ? first : undefined;
  }

  // Fetches the article that the address names, and puts it into the page if it is of the site's own format. Whatever
  // else may be is for the interface to find out and to tell.
  show(src) {
    this.#first = this.#fetch(src).catch(() => undefined);
    return this.#first;
  }

  async #fetch(src) {
    const reading = this.reading();
    reading.catch(() => {});
    const response = await fetch(src, { credentials: "same-origin" });
    if (!response.ok || Number(response.headers.get("content-length")) > MOST_BYTES) return undefined;
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > MOST_BYTES) return undefined;
    const type = (response.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
    const first = { src, bytes, type, url: response.url };
    try {
      const read = (await reading).read(bytes, src.split("/").pop(), type, first.url);
      if (read.length) {
        if (!this.#isHandedOver) this.#put(JSON.parse(read[0]), read[1]);
        first.read = read;
      }
    } catch (refusal) {
      // The interface reads the file again, and words why it cannot be read.
      if (typeof refusal !== "string") throw refusal;
    }
    return first;
  }

  // The article between empty places for what the interface will put around it.
  #put({ title, language, direction, hasContents }, markup) {
    const element = (name, className, ...children) => {
      const made = Object.assign(document.createElement(name), { className });
      made.append(...children);
      return made;
    };
    const article = element("article", "r-article r-prose");
    if (language) article.lang = language;
    article.innerHTML = this.policy(markup);
    const viewer = element("div", "r-viewer", ...(hasContents ? [element("div", "r-contents")] : []), element("main", "r-main", article));
    const bar = element("header", "r-toolbar", element("span", "r-home"));
    if (direction && direction !== "auto") article.dir = viewer.dir = bar.dir = direction;
    const first = element("div", "r-app", bar, viewer);
    first.dataset.first = "";
    if (title) document.title = title;
    document.body.prepend(first);
    try {
      document.getElementById(`recto-${decodeURIComponent(location.hash.slice(1))}`)?.scrollIntoView();
    } catch {
      // Not an encoded fragment: the interface knows more ways to find it.
    }
    for (const type of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(type, () => (first.dataset.read = ""), { once: true, passive: true });
    }
  }
}
