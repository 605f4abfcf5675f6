// In a page that others show in a frame: tells the page around it how tall it is and where its links lead. Speaks with
// `embed.js`, and with WordPress, which shows the pages of other sites by the address pasted into a post. Does nothing in a
// page of its own. A classic script: in a frame without an origin, modules of one's own site are another site's.
(() => {
  if (parent === window) return;
  const LEAST_CHANGE = 2;
  // Who shows us, once that has said so: https://html.spec.whatwg.org/multipage/web-messaging.html
  let host;
  let secret = /[#&?]secret=([\w-]+)/.exec(location.hash)?.[1];
  let told = 0;

  const tell = (message) => host && parent.postMessage({ recto: 1, id: host.id, ...message }, host.origin);
  const tellWordPress = (message, value) => secret && parent.postMessage({ message, value, secret }, "*");

  function measure() {
    const { marginTop, marginBottom } = getComputedStyle(document.body);
    const height = Math.ceil(document.body.getBoundingClientRect().height + parseFloat(marginTop) + parseFloat(marginBottom));
    if (!height || Math.abs(height - told) < LEAST_CHANGE) return;
    told = height;
    tell({ type: "height", height });
    tellWordPress("height", height);
  }

  addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || typeof data !== "object" || data === null) return;
    if (data.recto === 1 && data.type === "init" && typeof data.id === "string") {
      // An opaque origin cannot be named.
      host = { id: data.id, origin: origin === "null" ? "*" : origin };
      told = 0;
      measure();
      if (typeof data.fragment === "string") go(data.fragment);
    } else if (host && data.recto === 1 && data.id === host.id && data.type === "navigate" && typeof data.fragment === "string") {
      go(data.fragment);
    } else if (data.message === "ready" && /^[\w-]+$/.test(data.secret)) {
      secret = data.secret;
      told = 0;
      measure();
    }
  });

  // The frame is as tall as its content: it is the page around it that has to scroll.
  const tellTarget = (fragment, element, asked) => element && tell({ type: "navigate", fragment, asked, top: Math.round(element.getBoundingClientRect().top + scrollY) });
  const find = (fragment) => {
    const id = `recto-${fragment}`;
    return document.getElementById(id) ?? document.querySelector("recto-article")?.shadowRoot.getElementById(id) ?? undefined;
  };
  // The section that was asked for, until it is there.
  let wanted;
  function go(fragment) {
    wanted = fragment.replace(/^#/, "");
    try {
      wanted = decodeURIComponent(wanted);
    } catch {
      // Taken as it is.
    }
    arrive();
  }
  function arrive() {
    const element = wanted && find(wanted);
    if (!element) return;
    tellTarget(wanted, element, true);
    wanted = undefined;
  }

  addEventListener("click", (event) => {
    const link = event.composedPath().find((node) => node instanceof Element && node.localName === "a" && node.hasAttribute("href"));
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const href = link.getAttribute("href");
    if (href.startsWith("#")) {
      const id = href.slice(1).replace(/^recto-/, "");
      tellTarget(id, find(id), false);
    } else if (/^https?:/.test(link.href)) {
      if (secret) {
        event.preventDefault();
        tellWordPress("link", link.href);
      } else if (!link.target) {
        link.target = "_blank";
      }
    }
  });

  const start = () => {
    new ResizeObserver(() => requestAnimationFrame(measure)).observe(document.body);
    addEventListener("load", measure);
    for (const type of ["recto-load", "recto-error"]) {
      addEventListener(type, ({ detail }) => {
        measure();
        requestAnimationFrame(arrive);
        tell({ type: type.slice("recto-".length), detail });
      });
    }
    parent.postMessage({ recto: 1, type: "hello" }, "*");
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
