//! The part of the program that knows foreign formats: any file to Article JSON, for the part that reads that.

#[cfg(all(feature = "browser", target_arch = "wasm32"))]
#[expect(unreachable_pub, reason = "exported to JavaScript")]
mod exports {
    use js_sys::Function;
    use recto::article::json::Json;
    use recto::browser::{html_parser, trusted_html};
    use recto::json;
    use recto::page::Choice;
    use recto::reader::{self, Hint};
    use wasm_bindgen::prelude::*;

    /// Reads a file of any format: the word for the format, the warnings as JSON, and of each article its title, date,
    /// language and Article JSON. `policy` makes of markup what `DOMParser` takes.
    ///
    /// # Errors
    /// Where there is nothing to show: a word, and the error in full on the line after it.
    #[wasm_bindgen]
    pub fn read(
        bytes: &[u8],
        name: &str,
        media_type: &str,
        url: &str,
        policy: Function,
    ) -> Result<Vec<String>, String> {
        trusted_html::provide(policy);
        let hint = Hint { name, media_type, url, format: None };
        let reading =
            reader::read(bytes, &hint, html_parser::parse).map_err(|error| format!("{}\n{error}", error.word()))?;
        let mut read = vec![reading.format.as_str().to_owned(), json::text(&reading.warnings.write())];
        for article in &reading.articles {
            let Choice { title, published, language, json } = Choice::of(article);
            read.extend([title, published.map(|date| date.to_string()).unwrap_or_default(), language, json]);
        }
        Ok(read)
    }
}

fn main() {}
