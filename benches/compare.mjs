// Turns a file into HTML by the usual library of its format, and prints the seconds on the processor of the best run: the
// other side of `benches/formats.rs`.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { LIBRARIES, install } from "./libraries.mjs";

const [folder, name, rounds] = process.argv.slice(2);
const library = LIBRARIES[name];
install(folder, library);
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
