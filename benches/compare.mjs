// Turns a file into HTML by the usual library of its format, and prints the seconds on the processor of the best run: the
// other side of `benches/formats.rs`. The libraries are installed beside the file when they are not there.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const VERSIONS = { marked: "^18", "@portabletext/to-html": "^5" };
const [folder, name, rounds] = process.argv.slice(2);
const library = { markdown: "marked", "portable-text": "@portabletext/to-html" }[name];

if (!existsSync(`${folder}/node_modules/${library}`)) {
  const options = ["--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"];
  execFileSync("npm", ["install", ...options, `${library}@${VERSIONS[library]}`], { stdio: ["ignore", "ignore", "inherit"] });
}
const require = createRequire(`${folder}/node_modules/`);
const part = await import(pathToFileURL(require.resolve(library)));
const bytes = readFileSync(`${folder}/${name}`);
const text = () => bytes.toString("utf8");
const toHtml = { markdown: () => part.marked(text()), "portable-text": () => part.toHTML(JSON.parse(text())) }[name];

let best = Infinity;
let written = 0;
for (let run = 0; run < rounds; run++) {
  const start = process.cpuUsage();
  written += toHtml().length;
  const { user, system } = process.cpuUsage(start);
  best = Math.min(best, user + system);
}
if (written > 0) console.log(best / 1e6);
