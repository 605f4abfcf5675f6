// Runs before the first paint of the app's page: sets the theme, and starts every download at once.
import "./theme.js";
import { boot } from "./boot.js";
import { program } from "./program.js";

// The article is fetched while the program still is. Its address is the one the app will ask for.
const query = new URLSearchParams(location.search);
const slug = query.get("article");
const file = slug && /^[\w\u{80}-\u{10FFFF}][\w.\u{80}-\u{10FFFF}-]*$/u.test(slug) ? `articles/${slug}.json` : undefined;
if (file) {
  const link = document.createElement("link");
  Object.assign(link, { rel: "preload", as: "fetch", href: file, crossOrigin: "anonymous" });
  document.head.append(link);
}

boot({ program, file: file ?? "articles/index.json" }, async (modules, FirstArticle) => {
  const first = new FirstArticle(modules, { place: () => document.body, site: "" });
  // The text comes first: what the interface weighs does not keep anybody from reading. A text that is slow to come
  // does not keep the interface waiting.
  const pause = () => new Promise((resolve) => setTimeout(resolve, 300));
  if (file && !query.get("format")) await Promise.race([first.show(file), modules.reading().then(pause)]);
  return first;
});
