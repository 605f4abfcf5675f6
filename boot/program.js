// The program as files beside this script; the build gives them names that change with their content.
import { fetched } from "./fetched.js";

const base = document.currentScript.src;
const at = (name) => new URL(name, base).href;

// The styles of the interface, which come with it, after those of the page: these say which layers come first.
const sheet = (name) => async () => {
  if (document.readyState === "loading") await new Promise((resolve) => addEventListener("DOMContentLoaded", resolve, { once: true }));
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: at(name) });
  await new Promise((resolve) => {
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
};

export const program = {
  modules: () => import(at("./modules.js")),
  reading: fetched(at("./recto-reading.js"), at("./recto-reading_bg.wasm")),
  formats: fetched(at("./recto-formats.js"), at("./recto-formats_bg.wasm")),
  app: fetched(at("./recto-app.js"), at("./recto-app_bg.wasm")),
  styles: sheet("./recto-interface.css"),
  offline: () => import(at("./offline.js")),
  worker: at("./sw.js"),
  single: async () => {
    const answer = await fetch(at("./recto-single.json"));
    if (!answer.ok) throw new TypeError(`HTTP ${answer.status}`);
    return answer.text();
  },
};

// The folder of the site.
export const site = at("./");
