// In a page that holds everything: its article, the program and the styles of both. Opened from a disk, where nothing
// else can be fetched. https://html.spec.whatwg.org/multipage/scripting.html#data-block
import * as app from "recto-app";
import * as formats from "recto-formats";
import * as reading from "recto-reading";
import * as modules from "./modules.js";
import { takeOver } from "./written.js";

const held = (name) => document.querySelector(`script[data-recto-part="${name}"]`);
const own = document.currentScript;

// A part whose wasm is in the page, compressed.
const packed = (part, name) => async () => {
  const bytes = Uint8Array.from(atob(held(name).textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  await part.default({ module_or_path: new Response(stream, { headers: { "Content-Type": "application/wasm" } }) });
  return part;
};

const program = {
  modules: async () => modules,
  reading: packed(reading, "reading"),
  formats: packed(formats, "formats"),
  app: packed(app, "app"),
  styles: async () => {},
  // Files are kept for pages of sites.
  offline: () => Promise.reject(new TypeError("a single file keeps nothing offline")),
  single: async () => {
    const parts = Object.fromEntries(["reading", "app", "formats"].map((name) => [name, held(name).textContent]));
    const styles = document.querySelector("style[data-recto-interface]").textContent;
    return JSON.stringify({ styles, script: own.textContent, hash: own.dataset.hash, parts });
  },
};

takeOver(program, { file: "", text: held("article").textContent });
