// What Lighthouse says of a page of a static site that includes the app, as it shows on a phone. The report is kept in
// target/lighthouse/.
//
//   node benches/lighthouse.mjs        after scripts/build, and `cargo build --release` of `recto`
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { serve } from "./serve.mjs";

const folder = resolve("target/lighthouse");
const root = join(folder, "www");
mkdirSync(folder, { recursive: true });
if (!existsSync(join(folder, "node_modules/lighthouse"))) {
  execFileSync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts", "lighthouse@12"], { stdio: "inherit" });
}
rmSync(root, { recursive: true, force: true });
const { origin, close } = await serve(root);
execFileSync("target/release/recto", ["build", "--articles", "public/articles", "--base", `${origin}/`, "-o", root, "--app", "dist"], { stdio: ["ignore", "ignore", "inherit"] });
const chrome = process.env.CHROMIUM ?? "/usr/bin/chromium";
const report = join(folder, "report");
await promisify(execFile)(join(folder, "node_modules/.bin/lighthouse"), [
  `${origin}/articles/ballistic-missiles.html`, "--quiet", "--output=json", "--output=html", `--output-path=${report}`, "--chrome-flags=--headless --no-sandbox --disable-gpu",
], { env: { ...process.env, CHROME_PATH: chrome } });
close();
const { categories, audits } = JSON.parse(readFileSync(`${report}.report.json`, "utf8"));
for (const { id, score, auditRefs } of Object.values(categories)) {
  console.log(`lighthouse: ${id.padEnd(15)} ${Math.round(100 * score)}`);
  const less = auditRefs.filter((it) => it.weight > 0 && audits[it.id].score !== null && audits[it.id].score < 1);
  for (const it of less) console.log(`lighthouse:   ${it.id}: ${audits[it.id].displayValue ?? ""}`);
}
console.log(`lighthouse: ${report}.report.html`);
