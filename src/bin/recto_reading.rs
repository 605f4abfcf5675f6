//! The part of the program that is there first: Article JSON to a page and its markup. Without the interface, without
//! the other formats.

#[cfg(all(feature = "browser", target_arch = "wasm32"))]
#[expect(unreachable_pub, reason = "exported to JavaScript")]
mod exports {
    use recto::browser::place;
    use recto::reader::{self, Hint};
    use recto::{comments, page};
    use wasm_bindgen::prelude::*;

    /// Reads a file: the page as text and its markup, in which the title is a heading of level `level` and those
    /// `pictures` are loaded; nothing where the file is for the part that knows other formats.
    ///
    /// # Errors
    /// Where there is nothing to show: a word, and the error in full on the line after it.
    #[wasm_bindgen]
    pub fn read(
        bytes: &[u8],
        name: &str,
        media_type: &str,
        url: &str,
        level: u8,
        pictures: &str,
    ) -> Result<Vec<String>, String> {
        let hint = Hint { name, media_type, url, format: None };
        let reading = reader::read_native(bytes, &hint).map_err(|error| format!("{}\n{error}", error.word()))?;
        let Some(reading) = reading else { return Ok(Vec::new()) };
        let mut read = Vec::new();
        if let Some(article) = reading.articles.first() {
            let options = place::options(level, pictures);
            let (page, markup) = page::page(article, reading.format, reading.warnings, &options);
            read.extend([page.to_text(), markup.into_string()]);
        }
        Ok(read)
    }

    /// The markup of a comment's Markdown.
    #[wasm_bindgen]
    pub fn comment(markdown: &str) -> String {
        comments::html(markdown).as_str().to_owned()
    }
}

fn main() {}
