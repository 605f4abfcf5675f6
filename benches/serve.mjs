// A host as good ones are: types, compression, nothing else.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".md": "text/markdown", ".svg": "image/svg+xml", ".txt": "text/plain", ".xml": "application/xml", ".webmanifest": "application/manifest+json" };

// Serves a folder on a free port; `other` gives extension and content of what is not in it.
export async function serve(root, other = () => undefined) {
  const found = new Map();
  const load = (path) => {
    const file = join(root, path.endsWith("/") ? `${path}index.html` : path);
    const isThere = existsSync(file) && statSync(file).isFile();
    const [extension, content] = isThere ? [extname(file), readFileSync(file)] : (other(path) ?? []);
    return content && { type: TYPES[extension] ?? "application/octet-stream", content: brotliCompressSync(content) };
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://a").pathname);
    if (!found.has(path)) found.set(path, load(path));
    const file = found.get(path);
    if (!file) return response.writeHead(404).end();
    // What is named by its content stays.
    const kept = /-[0-9a-f]{8,}(_bg)?\.\w+$/.test(path) ? "public, max-age=31536000, immutable" : "no-cache";
    response.writeHead(200, { "Content-Type": /^text/.test(file.type) ? `${file.type}; charset=utf-8` : file.type, "Content-Encoding": "br", "Cache-Control": kept });
    response.end(file.content);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
