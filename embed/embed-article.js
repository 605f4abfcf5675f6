// The article of `embed.html?article=slug` or `?src=address`, in a frame of somebody else's page. Only files of the site
// that this page is on, and of those that its `recto.json` lists: all else would be shown in this site's name.
const query = new URLSearchParams(location.search);
const slug = query.get("article");
const asked = slug === null ? query.get("src") : /^[\w\u{80}-\u{10FFFF}][\w.\u{80}-\u{10FFFF}-]*$/u.test(slug) ? `articles/${slug}.json` : null;
const settings = fetch("recto.json").then((answer) => (answer.ok ? answer.json() : {}), () => ({}));

const THEMES = /^(light|dark|sepia|contrast)$/;
const PASSED = { format: /^[\w-]+$/, theme: THEMES, "heading-level": /^[1-6]$/, contents: /^none$/, images: /^(all|same-origin|none)$/ };

function address(origins) {
  const url = URL.canParse(asked ?? "", location.href) ? new URL(asked, location.href) : undefined;
  const isFile = asked?.trim() && url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  // `location.origin` is the site's, also where the frame has no origin of its own.
  return isFile && (url.origin === location.origin || origins.includes(url.origin)) ? url.href : undefined;
}

function refuse() {
  const message = "This address is not allowed here: it names no article of this site.";
  const told = Object.assign(document.createElement("p"), { textContent: message });
  told.setAttribute("role", "alert");
  document.body.append(told);
  dispatchEvent(new CustomEvent("recto-error", { detail: { code: "not-allowed", message, detail: asked ?? "" } }));
}

const { origins, comments } = await settings;
const src = address(Array.isArray(origins) ? origins : []);
if (src) {
  const article = document.createElement("recto-article");
  article.setAttribute("src", src);
  article.setAttribute("heading-level", "1");
  for (const [name, pattern] of Object.entries(PASSED)) {
    if (pattern.test(query.get(name) ?? "")) article.setAttribute(name, query.get(name));
  }
  // Comments are this site's, or none: what is only in the reader's browser is no talk with anybody.
  if (comments?.enabled === false) article.setAttribute("comments", "none");
  else if (comments?.url) {
    article.setAttribute("comments", comments.provider ?? "auto");
    article.setAttribute("comments-url", comments.url);
  }
  article.setAttribute("loading", "eager");
  article.addEventListener("recto-load", ({ detail }) => {
    if (detail.title) document.title = detail.title;
  });
  document.body.append(article);
} else refuse();
