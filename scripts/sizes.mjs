// Prints what the app weighs, in bytes and brotli 11, against the budgets: what must arrive before an article can be
// read, and everything that a long visit may load.
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const dist = process.argv[2] ?? "dist";
const budgets = { reading: 100 * 1024, everything: 220 * 1024 };
const parts = [
  ["reading", /^recto-reading-.*\.wasm$/, "reading: wasm"],
  ["reading", /^(boot|modules|recto-reading)-.*\.js$/, "reading: scripts"],
  ["reading", /^recto-[0-9a-f]+\.css$/, "reading: styles"],
  ["everything", /^recto-app-.*\.wasm$/, "interface: wasm"],
  ["everything", /^recto-app-.*\.js$/, "interface: script"],
  ["everything", /^recto-interface-.*\.css$/, "interface: styles"],
  ["everything", /^recto-formats-.*\.wasm$/, "formats: wasm"],
  ["everything", /^recto-formats-.*\.js$/, "formats: script"],
];
const sums = { reading: 0, everything: 0 };
const files = readdirSync(dist);
for (const [kind, pattern, name] of parts) {
  let [raw, brotli] = [0, 0];
  for (const file of files.filter((file) => pattern.test(file))) {
    const bytes = readFileSync(`${dist}/${file}`);
    raw += bytes.length;
    brotli += brotliCompressSync(bytes).length;
  }
  sums[kind] += brotli;
  console.log(`size: ${name.padEnd(18)} ${String(raw).padStart(8)} bytes  ${String(brotli).padStart(7)} brotli`);
}
sums.everything += sums.reading;
for (const [kind, budget] of Object.entries(budgets)) {
  const name = kind === "reading" ? "before reading" : kind;
  console.log(`size: ${name.padEnd(18)} ${" ".repeat(14)}  ${String(sums[kind]).padStart(7)} brotli, ${Math.round((100 * sums[kind]) / budget)} % of the budget of ${budget}`);
}
