// Prints the sizes of a wasm module's functions, summed by the modules of Recto that they are from: `costs.mjs FILE`.
// With `--readers` in a few lines, with `--all` also the largest functions.
import { readFileSync, readdirSync } from "node:fs";

const [file, option] = process.argv.slice(2);
const bytes = readFileSync(file);
let at = 8;

// An unsigned number of any length.
function number() {
  let [value, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return value;
    shift += 7;
  }
}

function text() {
  const length = number();
  at += length;
  return bytes.toString("utf8", at - length, at);
}

const sizes = [];
const names = new Map();
let imported = 0;
while (at < bytes.length) {
  const section = bytes[at++];
  const end = number() + at;
  if (section === 2) imported = importedFunctions();
  if (section === 10) {
    for (let left = number(); left > 0; left--) {
      const size = number();
      sizes.push(size);
      at += size;
    }
  }
  if (section === 0 && text() === "name") {
    while (at < end) {
      const kind = bytes[at++];
      const next = number() + at;
      if (kind === 1) for (let left = number(); left > 0; left--) names.set(number(), text());
      at = next;
    }
  }
  at = end;
}

// How many of the imports are functions, which are numbered before our own.
function importedFunctions() {
  let count = 0;
  for (let left = number(); left > 0; left--) {
    text();
    text();
    const kind = bytes[at++];
    if (kind === 0) count++;
    if (kind === 0) number();
    else if (kind === 3) at += 2;
    else {
      if (kind === 1) at++;
      const limits = bytes[at++];
      number();
      if (limits & 1) number();
    }
  }
  return count;
}

// The names of a path in a mangled or plain name, such as ["recto", "reader", "notion"].
function path(name) {
  const plain = name.match(/^<?((?:[a-z_0-9]+::)+)/);
  if (plain) return plain[1].split("::").filter(Boolean);
  // What is implemented for a type of ours is ours.
  const type = name.match(/recto\.\.((?:[a-z_0-9]+\.\.)+)/);
  if (type) return ["recto", ...type[1].split("..").filter(Boolean)];
  const start = name.search(/\d/);
  const crates = [...name.matchAll(/(?<!\d)5recto(?=\d)/g)];
  let position = crates.length ? crates[0].index : start;
  const parts = [];
  for (;;) {
    const length = /^(\d+)_?/.exec(name.slice(position));
    if (!length) return parts;
    position += length[0].length;
    parts.push(name.slice(position, position + Number(length[1])));
    position += Number(length[1]);
  }
}

// A reader is a file; what is in the file around them belongs to none.
const readers = new Set(readdirSync(new URL("../src/reader", import.meta.url)).map((file) => file.replace(/\.rs$/, "")));
const sums = new Map();
const largest = [];
sizes.forEach((size, index) => {
  const name = names.get(imported + index) ?? "without a name";
  // What wasm-bindgen takes out again once it has read it.
  if (/^__wbindgen|wbg_|describe/.test(name)) return;
  const parts = path(name);
  let module = parts[0] ?? "(other)";
  if (/\$(LT|u20)\$/.test(module)) module = module.match(/\b(core|alloc|std)\.\./)?.[1] ?? "(other)";
  if (!/^[a-z_(][a-z_0-9)]+$/.test(module)) module = "(other)";
  if (module === "recto") module = parts[1] === "reader" && readers.has(parts[2]) ? `reader::${parts[2]}` : (parts[1] ?? "recto");
  if (["core", "alloc", "std", "hashbrown", "dlmalloc", "compiler_builtins"].includes(module)) module = "(standard library)";
  const sum = sums.get(module) ?? { size: 0, functions: 0 };
  sum.size += size;
  sum.functions++;
  sums.set(module, sum);
  largest.push([size, name]);
});

const all = sizes.reduce((sum, size) => sum + size, 0);
const row = (name, size, rest) => console.log(`cost: ${name.padEnd(34)} ${String(size).padStart(8)} bytes  ${rest}`);
// What is smaller than this is not worth a line.
const SMALLEST = 400;
const rows = [...sums].filter(([, { size }]) => size >= SMALLEST).sort((a, b) => b[1].size - a[1].size);
if (option === "--readers") {
  // As long as a line of the terminal is.
  const WIDTH = 100;
  let line = "cost: of readers, in bytes:";
  for (const [module, { size }] of rows.filter(([module]) => module.startsWith("reader::"))) {
    const part = ` ${module.slice(8)} ${size},`;
    if (line.length + part.length > WIDTH) {
      console.log(line);
      line = "cost:";
    }
    line += part;
  }
  console.log(line.slice(0, -1));
} else {
  for (const [module, { size, functions }] of rows) {
    row(module, size, `${((100 * size) / all).toFixed(1).padStart(5)} %  ${functions} functions`);
  }
}
row("all code", all, "before wasm-opt and Brotli");
if (option === "--all") {
  largest.sort((a, b) => b[0] - a[0]);
  largest.slice(0, 60).forEach(([size, name]) => row(name.slice(0, 100), size, ""));
}
