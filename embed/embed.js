// For pages that show an article of this site in a frame:
//
//   <iframe data-recto src="https://site.example/embed.html?article=river-walk" title="A walk along the river"
//     sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" loading="lazy"></iframe>
//   <script async src="https://site.example/embed.js"></script>
//
// The frame is shown without this script as well; with it, the frame is as tall as its article, and links within the
// article scroll the page.
(() => {
  if (globalThis.rectoFrames) return;
  const MOST_HEIGHT = 200000;
  const ids = new WeakMap();
  let count = 0;
  Object.defineProperty(globalThis, "rectoFrames", { value: true });

  const frames = () => [...document.querySelectorAll("iframe[data-recto]")];
  const originOf = (frame) => (URL.canParse(frame.src, location.href) ? new URL(frame.src, location.href).origin : "");
  const isOpaque = (frame) => frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
  const fragment = (frame) => (frame.dataset.router === "hash" ? location.hash.slice(1) : undefined);

  function init(frame) {
    const id = String(++count);
    ids.set(frame, id);
    const message = { recto: 1, type: "init", id };
    if (fragment(frame)) message.fragment = fragment(frame);
    // There is nothing in it that others must not know, and what is in the frame may not have arrived yet.
    frame.contentWindow?.postMessage(message, "*");
  }

  // A link in the frame was followed; false where this page does not want that.
  function follow(frame, fragment) {
    const wanted = new CustomEvent("recto-navigate", { detail: { fragment }, bubbles: true, cancelable: true });
    if (!frame.dispatchEvent(wanted)) return false;
    // Not a bare fragment, which a base would lead elsewhere.
    const [page] = location.href.split("#");
    const address = `${page}#${encodeURIComponent(fragment)}`;
    if (frame.dataset.router === "hash" && address !== location.href) history.pushState(null, "", address);
    return true;
  }

  addEventListener("message", ({ source, origin, data }) => {
    if (typeof data !== "object" || data === null || data.recto !== 1) return;
    const frame = frames().find(({ contentWindow }) => contentWindow && contentWindow === source);
    if (!frame || origin !== (isOpaque(frame) ? "null" : originOf(frame))) return;
    if (data.type === "hello") return init(frame);
    if (data.id !== ids.get(frame)) return;
    if (data.type === "height" && Number.isFinite(data.height)) {
      frame.style.setProperty("block-size", `${Math.min(MOST_HEIGHT, Math.max(0, Math.ceil(data.height)))}px`);
    } else if (data.type === "navigate" && Number.isFinite(data.top) && typeof data.fragment === "string") {
      // What this page asked for is in its address already.
      if (data.asked !== true && !follow(frame, data.fragment)) return;
      const top = Math.min(MOST_HEIGHT, Math.max(0, data.top));
      scrollTo({ top: frame.getBoundingClientRect().top + scrollY + top });
    } else if (data.type === "load" || data.type === "error") {
      frame.dispatchEvent(new CustomEvent(`recto-${data.type}`, { detail: data.detail, bubbles: true }));
    }
  });

  addEventListener("hashchange", () => {
    for (const frame of frames().filter((frame) => fragment(frame) !== undefined)) {
      const message = { recto: 1, type: "navigate", id: ids.get(frame), fragment: fragment(frame) };
      frame.contentWindow?.postMessage(message, isOpaque(frame) ? "*" : originOf(frame));
    }
  });

  // Frames that were there before this script said hello to nobody.
  const greet = () => frames().filter((frame) => !ids.has(frame)).forEach(init);
  if (document.readyState === "complete") greet();
  else addEventListener("load", greet);
})();
