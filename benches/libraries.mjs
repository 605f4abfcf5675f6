// The usual library of each format, which the benches compare with: npm brings it to a folder outside of the repository.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const VERSIONS = { marked: "^18", "@portabletext/to-html": "^5" };
export const LIBRARIES = { markdown: "marked", "portable-text": "@portabletext/to-html" };

// Installs a library beside the files that are compared when it is not there.
export function install(folder, library) {
  if (existsSync(`${folder}/node_modules/${library}`)) return;
  const options = ["--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"];
  execFileSync("npm", ["install", ...options, `${library}@${VERSIONS[library]}`], { stdio: ["ignore", "ignore", "inherit"] });
}
