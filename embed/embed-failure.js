// Says so where the program does not arrive in the frame: modules are let in only where their site allows it to pages
// without an origin. A classic script, which always is.
addEventListener(
  "error",
  ({ target }) => {
    if (target.localName !== "script" || document.querySelector("[role=alert]")) return;
    const told = Object.assign(document.createElement("p"), { textContent: "This article could not be loaded. " });
    told.setAttribute("role", "alert");
    const properties = { textContent: "Open it on its own site", href: `./${location.search}`, target: "_blank", rel: "noopener" };
    told.append(Object.assign(document.createElement("a"), properties));
    document.body.append(told);
  },
  true,
);
