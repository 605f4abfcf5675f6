// The page in which browser.mjs compares: each file as often by the program, as the app has it, as by the library of its
// format.
import { toHTML } from "@portabletext/to-html";
import { marked } from "marked";

const libraries = { markdown: (text) => marked(text), "portable-text": (text) => toHTML(JSON.parse(text)) };

async function part([script, wasm]) {
  const module = await import(new URL(script, location.href).href);
  await module.default({ module_or_path: wasm });
  return module;
}

async function measure() {
  const setup = await (await fetch("setup.json")).json();
  const formats = await part(setup.formats);
  const times = [];
  for (const name of setup.files) {
    const bytes = new Uint8Array(await (await fetch(name)).arrayBuffer());
    const own = () => formats.read(bytes, ["", "", "", name], (markup) => markup, 1, "all")[1];
    const other = () => libraries[name](new TextDecoder().decode(bytes));
    const best = { name, bytes: bytes.length, own: Infinity, other: Infinity };
    for (let round = 0; round < setup.rounds; round++) {
      for (const [side, toHtml] of Object.entries({ own, other })) {
        const start = performance.now();
        const html = toHtml();
        best[side] = Math.min(best[side], performance.now() - start);
        if (!(html.length > bytes.length / 4)) throw new Error(`${name}: ${side} wrote ${html.length} letters`);
      }
      // The browser gets to do what else there is.
      await new Promise((resolve) => setTimeout(resolve));
    }
    times.push(best);
  }
  return { times };
}

const result = await measure().catch((error) => ({ error: String(error) }));
await fetch("result", { method: "POST", body: JSON.stringify(result) });
