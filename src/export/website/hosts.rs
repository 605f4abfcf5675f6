//! What hosts are told about a website: which headers to send, how long to keep what, what to show where nothing is.
//! Nothing in these files comes from an article.

use super::File;
use crate::export::page::{POLICY, policy_of_site};
use crate::url::{decode_fragment, host};

const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// Compressed on the way, beside what hosts compress by themselves.
const COMPRESSED: &str = "text/html text/css text/plain text/javascript application/javascript application/json application/feed+json application/xml application/atom+xml image/svg+xml application/wasm";

/// Writes the settings for hosts; `immutable` are files whose names change with their content.
pub(super) fn write(base: &str, styles: &str, immutable: &[String], files: &mut Vec<File>) {
    let path = path_of(base);
    // What a page says of itself, and what it cannot: any site may frame it.
    let policy = format!("{}; frame-ancestors *", policy_of_site(POLICY, styles, base));
    let mut add = |path: &str, content: String| files.push(File { path: path.to_owned(), content });
    add(".nojekyll", String::new());
    add("_headers", headers(&policy, immutable));
    add(".htaccess", htaccess(&policy, &path));
    add("hosting/nginx.conf", nginx(&policy, base, &path));
    add("hosting/Caddyfile", caddy(&policy, base, &path));
}

/// The path of an address, `/` at least.
fn path_of(base: &str) -> String {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    rest.find('/').map_or("/", |start| &rest[start..]).to_owned()
}

/// Netlify and Cloudflare Pages. They join the values of rules that match the same file, so that each header is in one
/// rule only; pages are asked for anew by default.
fn headers(policy: &str, immutable: &[String]) -> String {
    let mut out = format!(
        "/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n  Access-Control-Allow-Origin: *\n  Content-Security-Policy: {policy}\n"
    );
    for file in immutable {
        out.push_str(&format!("/{file}\n  Cache-Control: {FOR_GOOD}\n"));
    }
    out
}

fn htaccess(policy: &str, path: &str) -> String {
    format!(
        r#"# Apache. What a module is missing for is left out.
ErrorDocument 404 {path}404.html
AddType application/wasm .wasm
AddCharset utf-8 .html .css .js .json .xml .txt
<Files "feed.xml">
  ForceType application/atom+xml
</Files>
<IfModule mod_headers.c>
  Header always set X-Content-Type-Options "nosniff"
  Header always set Referrer-Policy "strict-origin-when-cross-origin"
  Header always set Content-Security-Policy "{policy}"
  Header set Access-Control-Allow-Origin "*"
  <FilesMatch "\.(html|json|xml|txt|webmanifest|css|js)$">
    Header set Cache-Control "no-cache"
  </FilesMatch>
  <FilesMatch "-[0-9a-f]{{8,}}(_bg)?\.(css|js|wasm)$">
    Header set Cache-Control "{FOR_GOOD}"
  </FilesMatch>
</IfModule>
<IfModule mod_deflate.c>
  <IfModule mod_filter.c>
    AddOutputFilterByType DEFLATE {COMPRESSED}
  </IfModule>
</IfModule>
"#
    )
}

/// The folder of the site below that of the host, as it is named on a disk.
fn folder(path: &str) -> String {
    let folder = decode_fragment(path);
    if folder.contains(char::is_control) { path.to_owned() } else { folder }
}

/// The path as it is compared by nginx, which decodes addresses first; `None` for letters that its settings have no word
/// for.
fn quoted_by_nginx(path: &str) -> Option<String> {
    let path = decode_fragment(path);
    let has_no_word = |letter: char| letter.is_control() || matches!(letter, '"' | '\\' | '$' | '?');
    (!path.contains(has_no_word)).then(|| format!("\"{path}\""))
}

fn nginx(policy: &str, base: &str, path: &str) -> String {
    let location = quoted_by_nginx(path).unwrap_or_else(|| "\"/\"".to_owned());
    let not_found = quoted_by_nginx(&format!("{path}404.html")).unwrap_or_else(|| "\"/404.html\"".to_owned());
    format!(
        r#"# nginx, within `http`: a file in /etc/nginx/conf.d, for example. The folder is at /srv/www{folder}
map $uri $recto_cache {{
  default "no-cache";
  "~-[0-9a-f]{{8,}}(_bg)?\.(css|js|wasm)$" "{FOR_GOOD}";
  "~\.(png|jpe?g|webp|avif|gif|svg|mp3|mp4|webm|wav)$" "public, max-age=86400";
}}

server {{
  listen 80;
  server_name {name};
  root /srv/www;

  location {location} {{
    index index.html;
    try_files $uri $uri.html $uri/ =404;
    error_page 404 {not_found};
    charset utf-8;
    gzip on;
    gzip_types {types};
    add_header X-Content-Type-Options "nosniff" always;
    add_header Referrer-Policy "strict-origin-when-cross-origin" always;
    add_header Content-Security-Policy "{policy}" always;
    add_header Access-Control-Allow-Origin "*" always;
    add_header Cache-Control $recto_cache;
  }}
}}
"#,
        folder = folder(path),
        name = host(base).split(':').next().unwrap_or_default(),
        types = COMPRESSED.replace("text/html ", ""),
    )
}

fn caddy(policy: &str, base: &str, path: &str) -> String {
    let host = host(base);
    format!(
        r#"# Caddy. The folder is at /srv/www{folder}
{host} {{
  root * /srv/www
  encode zstd gzip
  try_files {{path}} {{path}}.html {{path}}/
  file_server
  handle_errors {{
    rewrite * {path}404.html
    file_server
  }}
  header {path}* {{
    X-Content-Type-Options "nosniff"
    Referrer-Policy "strict-origin-when-cross-origin"
    Content-Security-Policy "{policy}"
    Access-Control-Allow-Origin "*"
    ?Cache-Control "no-cache"
  }}
  @forever path_regexp -[0-9a-f]{{8,}}(_bg)?\.(css|js|wasm)$
  header @forever Cache-Control "{FOR_GOOD}"
}}
"#,
        folder = folder(path),
    )
}
