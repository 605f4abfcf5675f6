// Makes the npm package of the element from a built `dist/`: node element/package.mjs dist package
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";

const [dist, target] = process.argv.slice(2);
const version = /^version = "(.*)"$/m.exec(readFileSync("Cargo.toml", "utf8"))[1];
const built = /^(recto-(article|element)\.js|recto-element-\w+\.css|(modules|offline)-\w+\.js|recto-(app|reading|formats)-\w+(_bg)?\.(js|wasm))$/;
const written = ["recto-article.d.ts", "recto-element.d.ts", "custom-elements.json", "README.md"];

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const file of readdirSync(dist).filter((file) => built.test(file))) copyFileSync(`${dist}/${file}`, `${target}/${file}`);
for (const file of written) copyFileSync(`element/${file}`, `${target}/${file}`);
copyFileSync("LICENSE", `${target}/LICENSE`);
const description = {
  name: "recto-article",
  version,
  description: "An article in any page, by one tag: <recto-article src=\"article.json\">",
  license: "MIT",
  type: "module",
  exports: {
    ".": { types: "./recto-article.d.ts", default: "./recto-article.js" },
    "./element": { types: "./recto-element.d.ts", default: "./recto-element.js" },
    "./custom-elements.json": "./custom-elements.json",
    "./*": "./*",
  },
  types: "./recto-article.d.ts",
  unpkg: "./recto-article.js",
  jsdelivr: "./recto-article.js",
  customElements: "custom-elements.json",
  sideEffects: ["./recto-article.js"],
  keywords: ["article", "reader", "web-component", "custom-element", "markdown", "wordpress"],
};
writeFileSync(`${target}/package.json`, `${JSON.stringify(description, null, 2)}\n`);
console.log(`package: ${target}/, recto-article ${version}`);
