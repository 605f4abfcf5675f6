// Starts the program in a page of its own, and says so when it cannot start or stops. Kept free of the program's own
// code, so that it works when that does not.

const root = document.documentElement;

const WORDS = {
  unsupported: ["This browser cannot run Recto", "It lacks WebAssembly, or it is switched off. Any current browser will do."],
  blocked: ["Recto was not allowed to start", "A security setting of this site or browser forbids WebAssembly (the policy needs 'wasm-unsafe-eval')."],
  missing: ["Recto could not be loaded", "Part of the program did not arrive. Check your connection, then try again."],
  stopped: ["Recto stopped because of an error", "Nothing you wrote is lost: drafts and comments are kept in this browser. Reload to go on."],
};

// Runs `start`, which shows an article unless it gives nothing, and the interface after it. `program` has functions that
// load `modules`, the parts `reading`, `formats` and `app`, and the interface's `styles`. `file` is the article's address.
// A page that `isWritten` holds its text already, and stays as it is where the program cannot start.
export function boot({ program, file, isWritten = false }, start) {
  let failed = false;
  function fail(kind, error) {
    if (failed) return;
    failed = true;
    console.error("recto:", kind, error);
    if (kind === "missing") forget();
    if (isWritten && kind !== "stopped") return;
    const show = () => {
      const [title, text] = WORDS[kind];
      const element = (name, content, properties) => Object.assign(document.createElement(name), { textContent: content }, properties);
      const box = element(document.querySelector("main") ? "aside" : "main", "", { className: "r-fallback", ariaLabel: title });
      const told = element("div", "", { role: "alert" });
      told.append(element("h1", title), element("p", text));
      const actions = element("p", "");
      actions.append(element("button", "Reload", { type: "button", className: "r-button", onclick: () => location.reload() }));
      if (file) actions.append(" ", element("a", "Open the file itself", { href: file }));
      box.append(told, actions);
      document.body.prepend(box);
      root.dataset.failed = kind;
    };
    if (document.body) show();
    else addEventListener("DOMContentLoaded", show);
  }

  const isTrap = (error) => typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
  addEventListener("error", ({ error }) => isTrap(error) && fail("stopped", error));
  addEventListener("unhandledrejection", ({ reason }) => isTrap(reason) && fail("stopped", reason));

  if (typeof WebAssembly !== "object") return fail("unsupported");
  run(program, start).catch((error) => {
    const compiled = error instanceof WebAssembly.CompileError;
    fail(isTrap(error) ? "stopped" : compiled && /policy|unsafe-eval/i.test(error.message) ? "blocked" : "missing", error);
  });
}

async function run(program, start) {
  const { FirstArticle, Modules } = await program.modules();
  const modules = new Modules(program);
  const first = await start(modules, FirstArticle);
  if (!first) return;
  const [app] = await Promise.all([program.app(), program.styles()]);
  // Whoever reads has the page to themselves in between.
  await new Promise((resolve) => setTimeout(resolve));
  first.handOver();
  app.start(modules, first);
  await modules.reading();
}

// What is kept of the program may be of no use: the next load fetches all of it.
async function forget() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => {});
  if (!registration) return;
  await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith("recto-shell-")) await caches.delete(name);
}
