//! The part of the program that knows foreign formats: any file to a page and its markup, as the part that is there first
//! makes them of Article JSON. It also writes articles in the forms that they are saved in.

#[cfg(all(feature = "browser", target_arch = "wasm32"))]
#[expect(unreachable_pub, reason = "exported to JavaScript")]
mod exports {
    use js_sys::{Function, Uint8Array};
    use recto::article::json::Json;
    use recto::browser::{html_parser, place, trusted_html};
    use recto::comments::{flatten, foreign};
    use recto::export::bundle::embed_pictures;
    use recto::export::form::{Content, Form};
    use recto::json;
    use recto::page::{self, Choice};
    use recto::reader::{self, Format, Hint, Reading};
    use wasm_bindgen::prelude::*;

    /// Reads a file of any format. Of one article, the page as text and its markup, in which the title is a heading of
    /// level `level` and those `pictures` are loaded. Of several, the word for the format, the warnings as JSON, and of
    /// each its title, date, language and Article JSON. `hint` is the file's name, media type, address and the word for
    /// the format that the reader says it is; `policy` makes of markup what `DOMParser` takes.
    ///
    /// # Errors
    /// Where there is nothing to show: a word, and the error in full on the line after it.
    #[wasm_bindgen]
    pub fn read(
        bytes: &[u8],
        hint: Vec<String>,
        policy: Function,
        level: u8,
        pictures: &str,
    ) -> Result<Vec<String>, String> {
        let reading = reading(bytes, &hint, policy)?;
        if let [article] = reading.articles.as_slice() {
            let options = place::options(level, pictures);
            let (page, markup) = page::page(article, reading.format, reading.warnings, &options);
            return Ok(vec![page.to_text(), markup.into_string()]);
        }
        let mut read = vec![reading.format.as_str().to_owned(), json::text(&reading.warnings.write())];
        for article in &reading.articles {
            let Choice { title, published, language, json } = Choice::of(article);
            read.extend([title, published.map(|date| date.to_string()).unwrap_or_default(), language, json]);
        }
        Ok(read)
    }

    /// Makes markup of ours of the HTML of comments from a server.
    #[wasm_bindgen]
    pub fn comments(html: Vec<String>, policy: Function) -> Vec<String> {
        trusted_html::provide(policy);
        html.iter().map(|html| foreign::html(html, html_parser::parse).as_str().to_owned()).collect()
    }

    /// A comment's Markdown as WordPress keeps it.
    #[wasm_bindgen]
    pub fn flattened(markdown: &str) -> String {
        flatten::flattened(markdown)
    }

    /// Writes the article that is at `index` in a file in the form that the word `form` names, with `program` where
    /// that form needs it: the name of the new file, its media type, and its content, which is text or bytes.
    ///
    /// # Errors
    /// As with [`read`].
    #[wasm_bindgen]
    pub fn save(
        bytes: &[u8],
        hint: Vec<String>,
        policy: Function,
        index: usize,
        form: &str,
        program: &str,
    ) -> Result<Vec<JsValue>, String> {
        let reading = reading(bytes, &hint, policy)?;
        let saved = Form::from_word(form).zip(reading.articles.get(index));
        let (form, article) = saved.ok_or_else(|| "unknown-shape\nthere is no such article or form".to_owned())?;
        let content = match form.write(article, program) {
            Some(Content::Text(text)) => text.into(),
            Some(Content::Bytes(bytes)) => Uint8Array::from(&*bytes).into(),
            None => return Err("damaged\nthe program is no program".to_owned()),
        };
        Ok(vec![form.file_name(article).into(), form.media_type().into(), content])
    }

    /// Addresses of the pictures of a page that this program has written.
    #[wasm_bindgen]
    pub fn pictures(page: &str) -> Vec<String> {
        let mut addresses = Vec::new();
        embed_pictures(page, &mut |address| {
            addresses.push(address.to_owned());
            None
        });
        addresses
    }

    /// The page with those pictures inside of which there are bytes, in the order of their addresses.
    #[wasm_bindgen]
    pub fn with_pictures(page: &str, addresses: Vec<String>, files: Vec<Uint8Array>) -> String {
        embed_pictures(page, &mut |address| {
            let index = addresses.iter().position(|known| known == address)?;
            files.get(index).map(Uint8Array::to_vec)
        })
    }

    fn reading(bytes: &[u8], hint: &[String], policy: Function) -> Result<Reading, String> {
        trusted_html::provide(policy);
        let word = |index: usize| hint.get(index).map(String::as_str).unwrap_or_default();
        let hint = Hint { name: word(0), media_type: word(1), url: word(2), format: Format::from_word(word(3)) };
        reader::read(bytes, &hint, html_parser::parse).map_err(|error| format!("{}\n{error}", error.word()))
    }
}

fn main() {}
