// Runs before any script of the page, in every document: records what must not happen, and stands in for dialogs.
(() => {
  if (window.__probe) return;
  const probe = { violations: [], errors: [], dialogs: [], shifts: 0, firstThemes: [] };
  Object.defineProperty(window, "__probe", { value: probe });
  document.addEventListener("securitypolicyviolation", (event) => {
    probe.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample} ${event.sourceFile}:${event.lineNumber}`);
  });
  addEventListener("error", (event) => { if (event.message) probe.errors.push(event.message); });
  addEventListener("unhandledrejection", (event) => probe.errors.push(`unhandled rejection: ${event.reason}`));
  for (const name of ["alert", "prompt", "confirm", "print", "open"]) {
    window[name] = (...words) => { probe.dialogs.push(`${name}(${words.map(String).join(", ")})`); return null; };
  }
  for (const name of ["write", "writeln"]) {
    Document.prototype[name] = (...words) => { probe.dialogs.push(`document.${name}(${words.map(String).join(", ")})`); };
  }
  try {
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
      probe.firstThemes.push(document.documentElement.dataset.theme ?? "");
    })).observe({ type: "paint", buffered: true });
  } catch { /* No paint timing here. */ }
})();
