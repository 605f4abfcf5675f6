// Runs before the first paint: sets the theme, starts every download at once, and says so when the app cannot start
// or stops. Kept free of the app's own code, so that it works when that does not.
(() => {
  const addresses = document.currentScript.dataset;
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);

  try {
    const theme = localStorage.getItem("recto:theme");
    if (/^(light|dark|sepia|contrast)$/.test(theme)) root.dataset.theme = theme;
  } catch {
    // Storage is denied: the system's theme it is.
  }

  // The article is fetched while the program still is. Its address is the one the app will ask for.
  const slug = query.get("article");
  const src = slug && /^\w[\w.-]*$/.test(slug) ? `articles/${slug}.json` : undefined;
  if (src) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "fetch", href: src, crossOrigin: "anonymous" });
    document.head.append(link);
  }

  const words = {
    unsupported: ["This browser cannot run Recto", "It lacks WebAssembly, or it is switched off. Any current browser will do."],
    blocked: ["Recto was not allowed to start", "A security setting of this site or browser forbids WebAssembly (the policy needs 'wasm-unsafe-eval')."],
    missing: ["Recto could not be loaded", "Part of the program did not arrive. Check your connection, then try again."],
    stopped: ["Recto stopped because of an error", "Nothing you wrote is lost: drafts and comments are kept in this browser. Reload to go on."],
  };

  let failed = false;
  function fail(kind, error) {
    if (failed) return;
    failed = true;
    console.error("recto:", kind, error);
    if (kind === "missing") forget();
    const show = () => {
      const [title, text] = words[kind];
      const element = (name, content, properties) => Object.assign(document.createElement(name), { textContent: content }, properties);
      const box = element(document.querySelector("main") ? "aside" : "main", "", { className: "r-fallback", ariaLabel: title });
      const told = element("div", "", { role: "alert" });
      told.append(element("h1", title), element("p", text));
      const actions = element("p", "");
      actions.append(element("button", "Reload", { type: "button", className: "r-button", onclick: () => location.reload() }));
      actions.append(" ", element("a", "Open the file itself", { href: src ?? "articles/index.json" }));
      box.append(told, actions);
      document.body.prepend(box);
      root.dataset.failed = kind;
    };
    if (document.body) show();
    else addEventListener("DOMContentLoaded", show);
  }

  // What is kept of the program may be of no use: the next load fetches all of it.
  async function forget() {
    const registration = await navigator.serviceWorker?.getRegistration().catch(() => {});
    if (!registration) return;
    await registration.unregister();
    for (const name of await caches.keys()) if (name.startsWith("recto-shell-")) await caches.delete(name);
  }

  addEventListener("error", ({ error }) => {
    if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) fail("stopped", error);
  });
  addEventListener("unhandledrejection", ({ reason }) => {
    if (typeof WebAssembly === "object" && reason instanceof WebAssembly.RuntimeError) fail("stopped", reason);
  });

  if (typeof WebAssembly !== "object") return fail("unsupported");
  const path = (name) => new URL(name, document.baseURI).href;
  const part = (name) => ({ js: path(addresses[`${name}Js`]), wasm: path(addresses[`${name}Wasm`]) });
  async function start() {
    const { FirstArticle, Modules } = await import(path(addresses.modules));
    const modules = new Modules({ reading: part("reading"), formats: part("formats") });
    const first = new FirstArticle(modules, { place: () => document.body });
    // The text comes first: what the interface weighs does not keep anybody from reading. A text that is slow to come
    // does not keep the interface waiting.
    const pause = () => new Promise((resolve) => setTimeout(resolve, 300));
    if (src && !query.get("format")) await Promise.race([first.show(src), modules.reading().then(pause)]);
    const { js, wasm } = part("app");
    const styled = new Promise((resolve) => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: path(addresses.styles) });
      link.onload = link.onerror = resolve;
      document.head.append(link);
    });
    const app = await import(js);
    await Promise.all([app.default({ module_or_path: wasm }), styled]);
    first.handOver();
    app.start(modules, first);
    await modules.reading();
  }
  start().catch((error) => {
    const compiled = error instanceof WebAssembly.CompileError;
    fail(error instanceof WebAssembly.RuntimeError ? "stopped" : compiled && /policy|unsafe-eval/i.test(error.message) ? "blocked" : "missing", error);
  });
})();
