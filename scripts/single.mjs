// Writes the program as one file, from which an article becomes a page that holds everything:
//
//   node scripts/single.mjs FOLDER SCRIPT STYLES -o FILE
//
// FOLDER has the parts' wasm, SCRIPT is the script that unpacks them. What `src/export/single.rs` reads.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const [folder, scriptFile, stylesFile, , file] = process.argv.slice(2);
const script = readFileSync(scriptFile, "utf8").trim();
const styles = readFileSync(stylesFile, "utf8").trim();
// Inside of `script` and `style` there is no way to write these.
if (/<\/script|<!--/i.test(script) || /<\/style/i.test(styles)) throw new Error("the program would end its own element");
const part = (name) => gzipSync(readFileSync(`${folder}/recto-${name}_bg.wasm`), { level: 9 }).toString("base64");
const parts = Object.fromEntries(["reading", "app", "formats"].map((name) => [name, part(name)]));
// https://www.w3.org/TR/CSP3/#grammardef-hash-source
const hash = `sha256-${createHash("sha256").update(script).digest("base64")}`;
writeFileSync(file, JSON.stringify({ styles, script, hash, parts }));
