// In pages of articles that were written in advance: once somebody reads, the program takes the page over. The text stays
// as it is, but for what only a program can do. Where the program cannot run, all stays.
import { boot } from "./boot.js";

// In milliseconds.
const PATIENCE = 1000;
// Every layout looks at all that there is.
const MOST_PIECES = 8;

// Whoever does one of these is there, and may want what the program does.
const SIGNS = ["scroll", "wheel", "touchstart", "pointermove", "pointerdown", "keydown", "focusin"];

// `file` is the address of the article's file, `text` its content where that is in the page; `site` the folder of the
// site's settings, and `list` the address of its list, where it has them.
export async function takeOver(program, { file, text, site, list }) {
  const is = (state) => new Promise((resolve) => addEventListener(state, resolve, { once: true }));
  if (document.readyState === "loading") await is("DOMContentLoaded");
  const whole = layOutRest();
  // A page in somebody else's frame stays small, and so it does for those who have to save.
  if (parent !== window || navigator.connection?.saveData) return;
  findFragment();
  // Pictures come before the program.
  if (document.readyState !== "complete") await Promise.race([is("load"), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  const written = document.querySelector(".r-app");
  written.dataset.first = "";
  const reading = () => (written.dataset.read = "");
  for (const type of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(type, reading, { once: true, passive: true });
  // Who has come to somewhere else than where the page began stays there.
  const began = scrollY;
  if (began > 0 && !location.hash) reading();
  addEventListener("scroll", () => scrollY !== began && reading(), { passive: true });
  if (text === undefined && began === 0 && !location.hash) await sign(program.files);
  await whole;
  const take = (policy, markup) => renew(written.querySelector("article"), policy(markup));
  // The program says where steps of the history are scrolled to; where the page is loaded anew, the browser does.
  addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
  boot({ program, file, isWritten: true }, async (modules, FirstArticle) => {
    const first = new FirstArticle(modules, { take, source: file, site, list });
    // Without the article's file there is nothing to take over.
    return (await first.show(file, text))?.read && first;
  });
}

// What is below the first screens was left out of the first layout. Piece by piece, it keeps nobody from anything.
async function layOutRest() {
  const { dataset } = document.documentElement;
  if (dataset.fresh === undefined) return;
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const painted = new Promise(requestAnimationFrame).then(() => pause());
  await Promise.race([painted, pause(PATIENCE)]);
  const later = [...document.querySelectorAll("[data-later]")];
  const atOnce = Math.ceil(later.length / MOST_PIECES);
  while (later.length > 0) {
    for (const section of later.splice(0, atOnce)) section.removeAttribute("data-later");
    document.body.getBoundingClientRect();
    await pause();
  }
  delete dataset.fresh;
}

// Waits for somebody. Meanwhile the program comes into the browser's cache, where it keeps nobody from anything.
async function sign(files) {
  for (const file of files) fetch(file, { priority: "low" }).then((answer) => answer.arrayBuffer()).catch(() => {});
  await new Promise((resolve) => {
    for (const type of SIGNS) addEventListener(type, resolve, { once: true, passive: true, capture: true });
  });
}

// Links that the program gives out name sections by their own ids.
function findFragment() {
  try {
    const id = decodeURIComponent(location.hash.slice(1));
    if (id && !document.getElementById(id)) document.getElementById(`recto-${id}`)?.scrollIntoView();
  } catch {
    // Not an encoded fragment.
  }
}

// What the markup of a program differs in from that of a page without one.
const DIFFERENT = ".r-code-bar, .r-embed, time";

function renew(article, markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  const parts = (root) => [...root.querySelectorAll(DIFFERENT)].filter((part) => !part.parentElement?.closest(DIFFERENT));
  const [old, renewed] = [parts(article), parts(template.content)];
  if (old.length !== renewed.length) return;
  const selection = getSelection();
  const isUsed = (part) => part.contains(document.activeElement) || (!selection.isCollapsed && selection.containsNode(part, true));
  old.forEach((part, index) => {
    if (!part.isEqualNode(renewed[index]) && !isUsed(part)) part.replaceWith(renewed[index]);
  });
}
