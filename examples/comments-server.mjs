// A small server for comments, as docs/comments-server.md describes it: what a host of your own has to answer. Needs Node
// and nothing else; keeps everything in one file.
//
//   PORT=8095 FILE=comments.json ORIGIN=https://example.org node examples/comments-server.mjs
//
// HELD=1 holds every comment until its "state" in the file is "published". PAUSE is how many seconds somebody waits
// between two comments.
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";

const { PORT = "8095", FILE = "comments.json", ORIGIN = "*", HELD, PAUSE = "0" } = process.env;
const EDIT_MINUTES = 15;
const LONGEST = { markdown: 65525, name: 245, email: 100, url: 200 };

const all = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : [];
const lastOf = new Map();

function save() {
  writeFileSync(`${FILE}.new`, JSON.stringify(all, null, 1));
  renameSync(`${FILE}.new`, FILE);
}

class Refusal extends Error {
  constructor(status, members) {
    super();
    Object.assign(this, { status, members });
  }
}

// What everybody may see of a comment.
const shown = ({ id, parent, author: { name, url }, created, modified, markdown, state, votes }) =>
  ({ id, parent, author: { name, url }, created, modified, markdown: state === "deleted" ? "" : markdown, state, votes: { up: votes.up.length, down: votes.down.length } });

const ORDERS = {
  oldest: (a, b) => a.created.localeCompare(b.created),
  newest: (a, b) => b.created.localeCompare(a.created),
  liked: (a, b) => b.votes.up.length - a.votes.up.length,
};

// Pages are of threads; their replies come along.
function list(query) {
  const thread = all.filter((one) => one.thread === query.get("thread") && one.state !== "held");
  const roots = thread.filter((one) => !thread.some((other) => other.id === one.parent)).sort(ORDERS[query.get("sort")] ?? ORDERS.oldest);
  const [from, limit] = [Number(query.get("cursor") ?? 0), Math.min(Number(query.get("limit") ?? 100), 100)];
  const comments = [];
  const add = (one) => {
    comments.push(shown(one));
    thread.filter((other) => other.parent === one.id).forEach(add);
  };
  roots.slice(from, from + limit).forEach(add);
  const next = from + limit < roots.length ? String(from + limit) : null;
  return { comments, total: thread.filter((one) => one.state !== "deleted").length, next, fields: { name: "required", email: "optional" } };
}

function checked({ markdown = "", author = {} }) {
  const { name = "", email = "", url = "" } = author;
  const errors = Object.entries({ markdown, name, email, url }).flatMap(([field, text]) =>
    Buffer.byteLength(text) > LONGEST[field] ? [{ field, code: "too_long" }] : []);
  if (!markdown.trim()) errors.push({ field: "markdown", code: "required" });
  if (!name.trim()) errors.push({ field: "name", code: "required" });
  if (email && !/^\S+@\S+\.\S+$/.test(email)) errors.push({ field: "email", code: "invalid" });
  if (errors.length) throw new Refusal(422, { title: "Something is wrong with fields", errors });
  return { markdown, author: { name, email, url } };
}

const made = (one) => ({ comment: shown(one), token: one.token, edit_until: new Date(Date.parse(one.created) + EDIT_MINUTES * 60_000).toISOString() });

function add(body, from) {
  // The same again: its answer was lost.
  const before = all.find((one) => one.client_id === body.client_id);
  if (before) return made(before);
  const written = checked(body);
  const wait = Math.ceil(Number(PAUSE) - (Date.now() - (lastOf.get(from) ?? 0)) / 1000);
  if (wait > 0) throw new Refusal(429, { title: "Too fast", retry_after: wait });
  lastOf.set(from, Date.now());
  const id = String(all.reduce((most, one) => Math.max(most, Number(one.id)), 0) + 1);
  const one = { id, thread: body.thread.key, parent: body.parent ?? "", ...written, created: new Date().toISOString(), state: HELD ? "held" : "published",
    votes: { up: [], down: [] }, client_id: body.client_id, token: randomUUID() };
  all.push(one);
  save();
  return made(one);
}

function own(id, token) {
  const one = all.find((one) => one.id === id && one.state !== "deleted");
  if (!one) throw new Refusal(404, { title: "Not there" });
  if (one.token !== token) throw new Refusal(403, { title: "Not yours" });
  return one;
}

function change(one, members) {
  if (Date.now() > Date.parse(one.created) + EDIT_MINUTES * 60_000) throw new Refusal(403, { title: "Too late" });
  Object.assign(one, members);
  save();
  return { comment: shown(one) };
}

function remove(one) {
  if (all.some((other) => other.parent === one.id)) return change(one, { state: "deleted" });
  change(one, {});
  all.splice(all.indexOf(one), 1);
  save();
  return undefined;
}

function vote(id, { value }, from) {
  const one = all.find((one) => one.id === id);
  if (!one) throw new Refusal(404, { title: "Not there" });
  if ([...one.votes.up, ...one.votes.down].includes(from)) throw new Refusal(409, { title: "Voted before" });
  (value > 0 ? one.votes.up : one.votes.down).push(from);
  save();
  return { votes: shown(one).votes };
}

function answer({ method, url, headers }, body, from) {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const [, root, id, what] = pathname.split("/");
  const token = headers.authorization?.replace("Bearer ", "");
  if (root !== "comments") throw new Refusal(404, { title: "Not here" });
  if (method === "GET") return [200, id ? { comment: shown(own(id, token)) } : list(searchParams)];
  if (method === "POST" && what === "vote") return [200, vote(id, body, from)];
  if (method === "POST" && !id) return [HELD ? 202 : 201, add(body, from)];
  if (method === "PUT") return [200, change(own(id, token), { markdown: checked({ ...own(id, token), ...body }).markdown, modified: new Date().toISOString() })];
  if (method === "DELETE") {
    const left = remove(own(id, token));
    return left ? [200, left] : [204];
  }
  throw new Refusal(405, { title: "Not this way" });
}

createServer(async (request, response) => {
  response.setHeader("Access-Control-Allow-Origin", ORIGIN);
  response.setHeader("Access-Control-Expose-Headers", "retry-after, date");
  if (request.method === "OPTIONS") {
    response.setHeader("Access-Control-Allow-Headers", "content-type, authorization");
    response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
    response.setHeader("Access-Control-Max-Age", "86400");
    return response.writeHead(204).end();
  }
  let text = "";
  for await (const part of request) if (text.length < 300_000) text += part;
  let [status, content] = [500, { title: "A mistake of this server" }];
  try {
    [status, content] = answer(request, text ? JSON.parse(text) : {}, request.socket.remoteAddress);
  } catch (error) {
    if (error instanceof Refusal) [status, content] = [error.status, error.members];
    else if (error instanceof SyntaxError) [status, content] = [400, { title: "That is no JSON" }];
    else console.error(error);
  }
  response.writeHead(status, { "Content-Type": status < 400 ? "application/json" : "application/problem+json" });
  response.end(content === undefined ? "" : JSON.stringify(content));
}).listen(Number(PORT), "127.0.0.1", () => console.log(`comments: http://127.0.0.1:${PORT}/comments`));
