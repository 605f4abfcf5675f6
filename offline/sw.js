// The service worker of the hosted page: the program and what was read are there without a network. What the network
// gives always comes first, so that a mended site is there at the next load; only files whose names change with their
// content are taken from the store at once. Nothing of other sites is kept.
// https://w3c.github.io/ServiceWorker/

// The build writes both.
const VERSION = "development";
const PROGRAM = [];

const SHELL = "recto-shell-";
const READ = "recto-read";
const KEPT = "recto-kept";
// What was read and not kept by the reader goes when others have come, the oldest first.
const MOST_READ = 100;
const PATIENCE = 4000;

const scope = self.registration.scope;
// The app's page: its own name, and the one that it has beside a static site.
const PAGES = ["./", "viewer.html"];
const pages = PAGES.map((page) => new URL(page, scope).href);
// What opens other formats is kept when it was needed once.
const first = PROGRAM.filter((file) => !file.includes("formats"));
const program = new Set(PROGRAM.map((file) => new URL(file, scope).href));

self.addEventListener("install", (event) => {
  const files = [...PAGES, "recto.json", "articles/index.json"];
  event.waitUntil(
    (async () => {
      const shell = await caches.open(SHELL + VERSION);
      // Of the program all or nothing; a site may have no settings, no list, one page of the two.
      await shell.addAll(first.map((file) => new Request(file, { cache: "no-cache" })));
      await Promise.all(files.map((file) => shell.add(new Request(file, { cache: "no-cache" })).catch(() => {})));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      // Pages that are open may still ask for files of the program before this one.
      const shells = (await caches.keys()).filter((name) => name.startsWith(SHELL) && name !== SHELL + VERSION);
      await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(scope) || request.headers.has("range")) return;
  url.search = "";
  url.hash = "";
  if (program.has(url.href)) event.respondWith(fromStore(request, fetchProgram));
  else event.respondWith(fromNetwork(event, request));
});

async function fetchProgram(request) {
  const response = await fetch(request);
  if (response.ok) await (await caches.open(SHELL + VERSION)).put(request, response.clone());
  return response;
}

async function fromStore(request, otherwise) {
  const options = { ignoreSearch: request.mode === "navigate", ignoreVary: true };
  const key = request.mode === "navigate" ? nameOf(request) : request;
  for (const name of [KEPT, READ, ...(await caches.keys()).filter((name) => name.startsWith(SHELL)).reverse()]) {
    const found = await (await caches.open(name)).match(key, options);
    if (found) return found;
  }
  return otherwise(request);
}

async function fromNetwork(event, request) {
  const answer = fetch(request);
  try {
    const response = await (request.mode === "navigate" ? answer : Promise.race([answer, silence()]));
    // A site in trouble is as good as none.
    if (response.status >= 500) throw response;
    if (response.ok && response.type === "basic") event.waitUntil(remember(request, response.clone()));
    return response;
  } catch {
    // Nothing came, or not for long: what there is, else what may still come.
    return fromStore(request, () => answer);
  }
}

// The address of a page, without what it shows. A folder's own page has two.
const nameOf = ({ url }) => url.split(/[?#]/)[0].replace(/\/index\.html$/, "/");

const silence = () => new Promise((_, reject) => setTimeout(reject, PATIENCE));

async function remember(request, response) {
  // What a page shows is said by what follows its address.
  const key = request.mode === "navigate" ? nameOf(request) : request.url.split("#")[0];
  if (pages.includes(key)) return (await caches.open(SHELL + VERSION)).put(key, response);
  const kept = await caches.open(KEPT);
  const read = await caches.open(READ);
  if (await kept.match(key)) return kept.put(key, response);
  await read.delete(key);
  await read.put(key, response);
  const keys = await read.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_READ)).map((old) => read.delete(old)));
}
