// Reading without a network, for the hosted page: starts the service worker, and keeps what the reader wants to keep.
// https://developer.mozilla.org/docs/Web/API/CacheStorage

const KEPT = "recto-kept";
const LATER = 3000;
const isOurs = (name) => name.startsWith("recto-");

// Whether this browser lets this page keep files. Not in a frame: that is somebody else's page.
const isPossible = () => isSecureContext && parent === window && "serviceWorker" in navigator && "caches" in globalThis;

// What can be asked, with the address of the service worker as this page may name it.
export const offline = (worker) => ({ isPossible, start: (updated) => start(worker, updated), kept, keep, forget, total, clear: () => clear(worker) });

// Starts the worker; `updated` is called when a newer program has come, which the next load shows.
async function start(worker, updated) {
  if (!isPossible()) return;
  const { serviceWorker } = navigator;
  const isUpdate = Boolean(serviceWorker.controller);
  serviceWorker.addEventListener("controllerchange", () => (isUpdate ? updated() : askAgain(worker)), { once: true });
  // What is for later does not compete with what is being read.
  if (!isUpdate) await new Promise((resolve) => setTimeout(resolve, LATER));
  try {
    await serviceWorker.register(worker, { updateViaCache: "none" });
  } catch {
    // Storage is denied, or the site has no such file: everything works but this.
  }
}

// What this page was made of came before the worker, which keeps what it sees: it is asked for once more.
function askAgain(worker) {
  const site = new URL("./", worker).href;
  const files = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(site));
  for (const file of new Set([location.href.split(/[?#]/)[0], ...files])) fetch(file).catch(() => {});
}

const open = async () => (isPossible() ? caches.open(KEPT).catch(() => undefined) : undefined);
const size = async (response) => (response ? (await response.blob()).size : 0);

// Bytes of what is kept of an article; 0 where nothing is.
async function kept(address) {
  const cache = await open();
  const list = await cache?.match(listOf(address));
  if (!list) return 0;
  const sizes = (await list.json()).map(async (file) => size(await cache.match(file)));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

// Keeps an article, `page` where one was written for it, and those of its pictures that are on this site; false where
// there is no room.
async function keep(address, page) {
  const cache = await open();
  if (!cache) return false;
  const pictures = [...document.querySelectorAll(".r-article img[src]")].map(({ src }) => src).filter((src) => new URL(src).origin === location.origin);
  const pages = page ? [page.split(/[?#]/)[0]] : [];
  const files = [new URL(address, document.baseURI).href, ...pages, ...new Set(pictures)];
  try {
    await cache.add(files[0]);
    const had = await Promise.all(files.slice(1).map((file) => cache.add(file).then(() => file, () => undefined)));
    const list = JSON.stringify([files[0], ...had.filter(Boolean)]);
    await cache.put(listOf(address), new Response(list, { headers: { "Content-Type": "application/json" } }));
    navigator.storage?.persist?.();
    return true;
  } catch {
    await forget(address);
    return false;
  }
}

// Forgets an article; pictures that others have stay.
async function forget(address) {
  const cache = await open();
  const list = await cache?.match(listOf(address));
  const files = list ? await list.json() : [new URL(address, document.baseURI).href];
  await cache?.delete(listOf(address));
  const others = new Set();
  for (const { url } of (await cache?.keys()) ?? []) {
    if (url.includes("recto-kept=")) (await (await cache.match(url)).json()).forEach((file) => others.add(file));
  }
  await Promise.all(files.filter((file) => !others.has(file)).map((file) => cache?.delete(file)));
}

// How many articles are kept, and the bytes of everything that is there without a network.
async function total() {
  if (!isPossible()) return [0, 0];
  let [articles, bytes] = [0, 0];
  for (const name of (await caches.keys()).filter(isOurs)) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (request.url.includes("recto-kept=")) articles += 1;
      bytes += await size(await cache.match(request));
    }
  }
  return [articles, bytes];
}

// Forgets all, the program as well; it comes again with the next load.
async function clear(worker) {
  if (!isPossible()) return;
  await Promise.all((await caches.keys()).filter(isOurs).map((name) => caches.delete(name)));
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    if (registration.scope === new URL("./", worker).href) await registration.unregister();
  }
}

// Where the names of an article's files are kept.
const listOf = (address) => {
  const url = new URL(address, document.baseURI);
  url.hash = "";
  url.searchParams.set("recto-kept", "1");
  return url.href;
};
