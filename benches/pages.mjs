// How soon an article can be read: the app beside docsify and zero-md, a page written in advance beside a bare one with the
// same text. Chromium with a processor four times as slow, over slow 4G, with nothing in its caches; the median of several
// runs, one after the other in turns, as ratios.
//
//   node benches/pages.mjs [runs]        after scripts/build, and `cargo build --release` of `recto`
//
// What it needs of others is installed in target/pages/.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, resolve } from "node:path";
import { serve } from "./serve.mjs";

const RUNS = Number(process.argv[2] ?? 7);
const ARTICLE = "ballistic-missiles";
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (0.75 * 1024 * 1024) / 8 };
const SLOWER = 4;
const PACKAGES = ["playwright-core@1", "docsify@5", "zero-md@3", "esbuild@0.28", "marked@18", "marked-base-url@1", "marked-highlight@2", "marked-gfm-heading-id@4", "marked-alert@2", "@highlightjs/cdn-assets@11", "github-markdown-css@5", "katex@0"];

const folder = resolve("target/pages");
const root = join(folder, "www");
const recto = (...words) => execFileSync("target/release/recto", words, { stdio: ["ignore", "pipe", "inherit"] });

install();
prepare();
const { origin, close } = await serve(root, fromPackages);
await measure();
close();

function install() {
  mkdirSync(folder, { recursive: true });
  if (existsSync(join(folder, "node_modules/zero-md"))) return;
  execFileSync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts", ...PACKAGES], { stdio: "inherit" });
}

// The same article for each.
function prepare() {
  rmSync(root, { recursive: true, force: true });
  const modules = join(folder, "node_modules");
  const write = (path, content) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const source = `public/articles/${ARTICLE}.json`;
  const markdown = recto("convert", source, "--to", "markdown").toString().replace(/^---\n[^]*?\n---\n/, (head) => `# ${/title: "?(.*?)"?\n/.exec(head)[1]}\n`);

  cpSync("dist", join(root, "app"), { recursive: true });
  recto("build", "--articles", "public/articles", "--base", "http://127.0.0.1/", "-o", join(root, "site"), "--app", "dist");
  const page = readFileSync(join(root, `site/articles/${ARTICLE}.html`), "utf8");
  const text = /<article[^]*<\/article>/.exec(page)[0];
  write("site/articles/bare.html", `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bare</title></head><body>${text}</body></html>`);

  cpSync(join(modules, "docsify/dist"), join(root, "docsify"), { recursive: true });
  for (const name of ["docsify", "zero-md"]) cpSync("public/articles/images", join(root, name, "images"), { recursive: true });
  write("docsify/README.md", markdown);
  write("docsify/index.html", `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>docsify</title><link rel="stylesheet" href="themes/core.min.css"></head><body><div id="app"></div><script>window.$docsify = { name: "docsify", subMaxLevel: 2 };</script><script src="docsify.min.js"></script></body></html>`);

  // It fetches its parts from a host of packages; here they come from the same place as everything else.
  const script = readFileSync(join(modules, "zero-md/dist/index.min.js"), "utf8").replace("https://cdn.jsdelivr.net/npm/", "/cdn/");
  write("zero-md/zero-md.js", script);
  write("zero-md/article.md", markdown);
  write("zero-md/index.html", `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>zero-md</title><script type="module">import ZeroMd from "./zero-md.js"; customElements.define("zero-md", ZeroMd);</script></head><body><zero-md src="article.md"></zero-md></body></html>`);
}

// What a host of packages makes of one: a file of it, or all of it as one module, made small.
function fromPackages(path) {
  const [, name, rest] = /^\/cdn\/((?:@[^/]+\/)?[^@/]+)@[^/]+\/(.*)$/.exec(path) ?? [];
  if (!name) return undefined;
  const modules = join(folder, "node_modules");
  const file = [rest, rest.replace(".min.css", ".css")].map((rest) => join(modules, name, rest)).find(existsSync);
  if (file && rest !== "+esm") return [extname(file), readFileSync(file)];
  const input = `import * as all from "${name}"; export * from "${name}"; export default all.default;`;
  return [".js", execFileSync(join(modules, ".bin/esbuild"), ["--bundle", "--minify", "--format=esm", "--log-level=error"], { cwd: folder, input })];
}

async function measure() {
  const { chromium } = createRequire(join(folder, "x.js"))("playwright-core");
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-quic"] });
  const pages = {
    app: `${origin}/app/?article=${ARTICLE}`,
    docsify: `${origin}/docsify/`,
    "zero-md": `${origin}/zero-md/`,
    written: `${origin}/site/articles/${ARTICLE}.html`,
    bare: `${origin}/site/articles/bare.html`,
  };
  const times = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
  for (let run = -1; run < RUNS; run++) {
    for (const [name, address] of Object.entries(pages)) {
      const time = await readable(browser, address);
      // The first of each fills the server's caches.
      if (run >= 0) times[name].push(time);
    }
  }
  await browser.close();
  const median = (name) => times[name].sort((a, b) => a - b)[Math.floor(RUNS / 2)];
  for (const name of Object.keys(pages)) console.log(`pages: ${name.padEnd(8)} ${String(Math.round(median(name))).padStart(6)} ms  (${times[name].map(Math.round).join(" ")})`);
  const ratio = (name, other, budget) => console.log(`pages: ${name} takes ${(median(name) / median(other)).toFixed(2)} times as long as ${other}${budget}`);
  ratio("app", "docsify", ", at most 0.9 is meant");
  ratio("app", "zero-md", "");
  ratio("written", "bare", ", at most 1.1 is meant");
}

// Milliseconds from the request to the frame after the one in which the first paragraph of the text is there.
async function readable(browser, address) {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.emulateNetworkConditions", SLOW_4G);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(() => {
    const isThere = () => {
      const place = document.querySelector("article, #main, .markdown-section") ?? document.querySelector("zero-md")?.shadowRoot?.querySelector(".markdown-body");
      const paragraph = place?.querySelector("h2")?.parentElement && place.querySelector("p");
      return paragraph && paragraph.getBoundingClientRect().height > 0;
    };
    const look = () => (isThere() ? requestAnimationFrame(() => setTimeout(() => (window.readable = performance.now()))) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  });
  await page.goto(address, { waitUntil: "commit" });
  const time = await page.waitForFunction(() => window.readable, undefined, { timeout: 60_000 });
  const value = await time.jsonValue();
  await context.close();
  return value;
}
