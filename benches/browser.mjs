// Turns files into HTML in headless Chromium, by the release build and by the usual libraries, in one page and by turns,
// and prints how they compare: `browser.mjs FOLDER DIST ROUNDS`. The folder has the files, named as in libraries.mjs.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { homedir, tmpdir } from "node:os";
import { delimiter, extname, join } from "node:path";
import { LIBRARIES, install } from "./libraries.mjs";

const [folder, dist, rounds] = process.argv.slice(2);
Object.values(LIBRARIES).forEach((library) => install(folder, library));

// Where scripts/setup puts esbuild.
const tools = process.env.RECTO_TOOLS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "recto");
const page = join(import.meta.dirname, "browser-page.js");
execFileSync("esbuild", [page, "--bundle", "--format=esm", "--log-level=error", `--outfile=${join(folder, "page.js")}`], {
  env: { ...process.env, NODE_PATH: join(folder, "node_modules"), PATH: [join(tools, "bin"), process.env.PATH].join(delimiter) },
  stdio: "inherit",
});
// The build gives files names that change with their content.
const built = readdirSync(dist);
const part = (name) => [".js", ".wasm"].map((end) => built.find((file) => file.startsWith(`recto-${name}-`) && file.endsWith(end)));
const setup = { rounds: Number(rounds), files: Object.keys(LIBRARIES), formats: part("formats") };

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
const server = createServer((request, response) => {
  // Without neighbours in its process, a page may look at a finer clock.
  const headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
  const name = request.url.slice(1);
  const answer = (type, content) => response.writeHead(200, { ...headers, "Content-Type": type }).end(content);
  if (request.method === "POST") {
    let text = "";
    request.on("data", (data) => (text += data));
    request.on("end", () => finish(JSON.parse(text)));
  } else if (name === "") answer(TYPES[".html"], '<!doctype html><script type="module" src="page.js"></script>');
  else if (name === "setup.json") answer("application/json", JSON.stringify(setup));
  else if (name === "page.js" || name in LIBRARIES) answer(TYPES[extname(name)] ?? "text/plain", readFileSync(join(folder, name)));
  else if (setup.formats.includes(name)) answer(TYPES[extname(name)], readFileSync(join(dist, name)));
  else response.writeHead(404, headers).end();
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const profile = mkdtempSync(join(tmpdir(), "recto-bench-"));
const options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", `--user-data-dir=${profile}`];
const browser = spawn(process.env.CHROMIUM ?? "chromium", [...options, `http://127.0.0.1:${server.address().port}/`], { stdio: "ignore" });
browser.on("error", (error) => finish({ error: error.message }));

function finish({ error, times = [] }) {
  browser.once("close", () => rmSync(profile, { recursive: true, force: true }));
  browser.kill();
  server.close();
  server.closeAllConnections();
  if (error) {
    console.log(`  the browser did not run it: ${error}`);
    process.exitCode = 1;
  }
  for (const { name, bytes, own, other } of times) {
    const row = (what, time) => console.log(`  ${what.padEnd(32)} ${time.toFixed(2).padStart(9)} ms ${(bytes / time / 1e3).toFixed(1).padStart(8)} MB/s`);
    console.log(`${name}: ${Math.floor(bytes / 1000)} kB to HTML in Chromium, the best of ${rounds} runs`);
    row("Recto", own);
    row(LIBRARIES[name], other);
    console.log(`  Recto has ${(other / own).toFixed(2)} times the speed of ${LIBRARIES[name]}`);
  }
}
