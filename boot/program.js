// The program as files beside this script; the build gives them names that change with their content.
import { fetched } from "./fetched.js";

const base = document.currentScript.src;
const at = (name) => new URL(name, base).href;
const modules = at("./modules.js");
const reading = [at("./recto-reading.js"), at("./recto-reading_bg.wasm")];
const app = [at("./recto-app.js"), at("./recto-app_bg.wasm")];
const styles = at("./recto-interface.css");

// The styles of the interface, which come with it, after those of the page: these say which layers come first.
const sheet = (href) => async () => {
  if (document.readyState === "loading") await new Promise((resolve) => addEventListener("DOMContentLoaded", resolve, { once: true }));
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  await new Promise((resolve) => {
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
};

export const program = {
  modules: () => import(/* @vite-ignore */ modules),
  reading: fetched(...reading),
  formats: fetched(at("./recto-formats.js"), at("./recto-formats_bg.wasm")),
  app: fetched(...app),
  styles: sheet(styles),
  offline: () => import(at("./offline.js")),
  worker: at("./sw.js"),
  single: async () => {
    const answer = await fetch(at("./recto-single.json"));
    if (!answer.ok) throw new TypeError(`HTTP ${answer.status}`);
    return answer.text();
  },
  // What every reader needs.
  files: [modules, ...reading, ...app, styles],
};

// The folder of the site.
export const site = at("./");
