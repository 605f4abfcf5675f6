// The parts of the program that read files. One is there first: it reads articles of the site's own format, and so the
// article that the address names is in the page before the interface has arrived, which then takes it over as it is.
// The other knows every other format and is loaded when a file needs it.

const MOST_BYTES = 32 * 1024 * 1024;

export class Modules {
  #program;
  #parts = new Map();
  #reading;
  #worker;
  // Makes of markup what the browser's parsers take.
  policy;

  // Functions that load the parts `reading` and `formats`, the script `offline`, and the text of `single`; `worker` is
  // the address of the service worker. What a place does without is not given.
  constructor(program) {
    this.#program = program;
    // Of scripts there is one that the browser is told by its address: the service worker.
    const rules = { createHTML: (markup) => markup, createScriptURL: () => program.worker };
    const policy = globalThis.trustedTypes?.createPolicy("recto", rules) ?? rules;
    this.policy = (markup) => policy.createHTML(markup);
    this.#worker = () => policy.createScriptURL("");
  }

  // Loads a part once; again where it did not arrive.
  #part(name) {
    if (!this.#parts.has(name)) {
      const part = this.#program[name]();
      part.catch(() => this.#parts.delete(name));
      this.#parts.set(name, part);
    }
    return this.#parts.get(name);
  }

  // The part that is there first.
  async reading() {
    return (this.#reading = await this.#part("reading"));
  }

  // The page as text and its markup, in which the title is a heading of that level and those pictures are loaded;
  // nothing where the file is for `convert`. Throws a text where it cannot be read.
  async read(bytes, name, type, url, { level, pictures }) {
    const part = await this.reading();
    try {
      return part.read(bytes, name, type, url, level, pictures);
    } catch (error) {
      if (typeof error !== "string") this.#parts.delete("reading");
      throw error;
    }
  }

  // A file of any format: what `read` gives, or where it has several articles its format, the warnings, and of each
  // title, date, language and Article JSON. `hint` is the file's name, media type, address and the word for the format
  // that the reader says it is.
  async convert(bytes, hint, { level, pictures }) {
    return (await this.#part("formats")).read(bytes, hint, this.policy, level, pictures);
  }

  // The article at `index` of a file in another form: the name of the new file, and its content.
  async save(bytes, hint, index, form) {
    const formats = await this.#part("formats");
    const isSingle = form === "single";
    const program = isSingle ? await this.#program.single() : "";
    let [name, type, content] = formats.save(bytes, hint, this.policy, index, form, program);
    if (isSingle) {
      const addresses = formats.pictures(content);
      content = formats.with_pictures(content, addresses, await Promise.all(addresses.map(picture)));
    }
    return [name, new Blob([content], { type })];
  }

  // What keeps files for reading without a network.
  async offline() {
    const { offline } = await this.#program.offline();
    return offline(this.#worker());
  }

  // The markup of a comment's Markdown.
  comment(markdown) {
    return this.#reading.comment(markdown);
  }

  // The markup of ours for the HTML of comments from a server.
  async comments(html) {
    return (await this.#part("formats")).comments(html, this.policy);
  }

  // A comment's Markdown as WordPress keeps it.
  async flattened(markdown) {
    return (await this.#part("formats")).flattened(markdown);
  }
}

// The article that is shown first, before the interface is there, in one place: a page of its own, or an element.
export class FirstArticle {
  #modules;
  #file;
  #put;
  #showRest;
  #isHandedOver = false;

  // `place` gives the element that the article is put into, or `take` takes its markup; `level` is that of its title
  // among the page's headings, `pictures` says which are loaded: "all", "same-origin", "none". In place of the page's
  // address, `source` says what is shown; `list` is then where the site's list is, and `site` where its settings are.
  constructor(modules, { place, take, level = 1, pictures = "all", isPage = true, mayHaveContents = true, source, site, list }) {
    this.#modules = modules;
    this.#put = take ? (_, markup) => take(modules.policy, markup) : (page, markup) => put(page, modules.policy(markup), this.options);
    this.options = { place, level, pictures, isPage, mayHaveContents, source, site, list };
  }

  // The interface is there: from now on it is for it to put articles into the page.
  handOver() {
    this.#isHandedOver = true;
    this.#showRest?.();
  }

  // What was fetched from the address, the first time it is asked for; what was given, always.
  async take(address) {
    const file = await this.#file;
    if (!file?.isGiven) this.#file = undefined;
    return file?.address === address ? file : undefined;
  }

  // Fetches an article, and puts it into the page if it is of the site's own format. Whatever else may be is for the
  // interface to find out and to tell. Where `text` is given it is taken for the file.
  show(address, text) {
    this.#file = this.#load(address, text).catch(() => undefined);
    return this.#file;
  }

  async #load(address, text) {
    const reading = this.#modules.reading();
    reading.catch(() => {});
    const file = text === undefined ? await fetched(address) : given(address, text);
    if (!file) return undefined;
    try {
      await reading;
      const name = address.split(/[?#]/)[0].split("/").pop();
      const read = await this.#modules.read(file.bytes, name, file.type, file.url, this.options);
      if (read.length) {
        if (!this.#isHandedOver) this.#showRest = this.#put(JSON.parse(read[0]), read[1]);
        file.read = read;
      }
    } catch (refusal) {
      // The interface reads the file again, and words why it cannot be read.
      if (typeof refusal !== "string") throw refusal;
    }
    return file;
  }
}

// The article between empty places for what the interface will put around it. Gives what shows all of a page's.
function put({ title, language, direction, hasContents }, markup, { place, isPage, mayHaveContents }) {
  const element = (name, className, ...children) => {
    const made = Object.assign(document.createElement(name), { className });
    made.append(...children);
    return made;
  };
  const article = element("article", "r-article r-prose");
  if (language) article.lang = language;
  article.innerHTML = markup;
  const showRest = isPage ? startWith(article) : undefined;
  const main = element(isPage ? "main" : "div", "r-main", article);
  const viewer = element("div", "r-viewer", ...(hasContents && mayHaveContents ? [element("div", "r-contents")] : []), main);
  const bar = isPage ? [element("header", "r-toolbar", element("span", "r-home"))] : [];
  if (direction && direction !== "auto") for (const one of [article, viewer, ...bar]) one.dir = direction;
  const first = element("div", "r-app", ...bar, viewer);
  first.dataset.first = "";
  place().prepend(first);
  if (!isPage) return undefined;
  for (const type of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(type, () => (first.dataset.read = ""), { once: true, passive: true });
  }
  if (title) document.title = title;
  try {
    document.getElementById(`recto-${decodeURIComponent(location.hash.slice(1))}`)?.scrollIntoView();
  } catch {
    // Not an encoded fragment: the interface knows more ways to find it.
  }
  return showRest;
}

// Lets the browser paint the first screens before it lays out what is below them, which nobody sees yet; gives what shows
// that sooner. Where a page is to be at a certain place, all of it is there at once.
function startWith(article) {
  const isNew = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  if (location.hash || document.hidden || !isNew) return undefined;
  // A letter takes more than so many square pixels, and a line is not longer than so many pixels.
  let left = (Math.min(innerWidth, 800) * innerHeight) / 100;
  const later = [];
  const begin = (parent) => {
    for (const child of parent.children) {
      if (left <= 0) later.push(child);
      else if (child.localName === "section") begin(child);
      else left -= child.textContent.length;
    }
  };
  begin(article);
  for (const part of later) part.hidden = true;
  const showRest = () => later.forEach((part) => (part.hidden = false));
  const afterFrame = (then) => requestAnimationFrame(() => setTimeout(then));
  afterFrame(() => afterFrame(showRest));
  return showRest;
}

// The bytes of a picture of this site, or of one that the page holds; none where they are not to be had.
async function picture(address) {
  const held = [...document.querySelectorAll("img[data-src], video[data-src]")].find((holder) => holder.dataset.src === address);
  try {
    const { href, origin } = new URL(held ? held.poster || held.src : address, document.baseURI);
    if (!held && origin !== location.origin) return new Uint8Array();
    const response = await fetch(href);
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : new Uint8Array();
  } catch {
    return new Uint8Array();
  }
}

async function fetched(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok || Number(response.headers.get("content-length")) > MOST_BYTES) return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > MOST_BYTES) return undefined;
  const type = (response.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
  return { address, bytes, type, url: response.url };
}

// Named by nothing: the page that it stands in says nothing about its format.
function given(address, text) {
  return { address, bytes: new TextEncoder().encode(text), type: "", url: new URL(".", document.baseURI).href, isGiven: true };
}
