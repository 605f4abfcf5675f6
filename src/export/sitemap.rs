//! Addresses -> a sitemap (sitemaps.org), by which search engines find all pages.

use super::xml::element;
use super::{iso_date, xml};
use crate::article::Date;

/// More addresses than these no sitemap may hold.
pub const MOST: usize = 50_000;

/// A page of a site.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its address, absolute.
    pub url: String,
    /// When it last changed, if known.
    pub changed: Option<Date>,
}

/// Writes the sitemap of the first [`MOST`] pages.
pub fn write(pages: &[Page]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages.iter().take(MOST) {
        out.push_str("<url><loc>");
        xml::escape(&page.url, &mut out);
        out.push_str("</loc>");
        if let Some(changed) = &page.changed {
            element("lastmod", &iso_date(changed), &mut out);
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}
