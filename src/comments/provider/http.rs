//! Requests and answers of servers as plain data, and the texts that their answers are made of.

use super::{Answer, Refusal};
use crate::comments::Moment;
use crate::json::{self, Value};

/// A request to a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is to be done.
    pub method: Method,
    /// At what address.
    pub url: String,
    /// With which headers.
    pub headers: Vec<(&'static str, String)>,
    /// With what content.
    pub body: Option<String>,
    /// Whether the server's cookies go along.
    pub credentials: bool,
}

/// What is to be done at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Add.
    Post,
    /// Replace.
    Put,
    /// Take away.
    Delete,
}

/// A server's answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Those of [`HEADERS`] that came with it.
    pub headers: Vec<(&'static str, String)>,
    /// The content.
    pub body: String,
}

/// The headers of answers that matter.
pub const HEADERS: [&str; 4] = ["x-wp-total", "x-wp-totalpages", "retry-after", "date"];

impl Method {
    /// The word in HTTP.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

impl Request {
    /// Reads what is at an address.
    pub(super) fn get(url: String) -> Self {
        Self { method: Method::Get, url, headers: Vec::new(), body: None, credentials: false }
    }

    /// Sends JSON.
    pub(super) fn json(method: Method, url: String, body: &Value<'_>) -> Self {
        let headers = vec![("content-type", "application/json".to_owned())];
        Self { method, url, headers, body: Some(json::text(body)), credentials: false }
    }
}

impl Response {
    /// The number in a header.
    pub(super) fn number(&self, header: &str) -> Option<u32> {
        self.headers.iter().find(|(name, _)| *name == header).and_then(|(_, value)| value.trim().parse().ok())
    }

    /// When it was sent, by the server's clock, where the page is let see that.
    pub fn date(&self) -> Option<Moment> {
        const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
        let (_, date) = self.headers.iter().find(|(name, _)| *name == "date")?;
        let mut words = date.split(' ').skip(1);
        let (day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let month = MONTHS.find(month)? / 3 + 1;
        format!("{year}-{month:02}-{day:0>2}T{time}Z").parse().ok()
    }

    /// The content as JSON; null where it is none.
    pub(super) fn json(&self) -> Value<'_> {
        json::parse(&self.body).unwrap_or_default()
    }
}

/// The server's answer, where there was one that is not a failure of its own.
pub(super) fn response(answer: &Answer) -> Result<&Response, Refusal> {
    match answer {
        Answer::Http(response) if response.status >= 500 => Err(Refusal::Unsure),
        Answer::Http(response) => Ok(response),
        Answer::Offline => Err(Refusal::Offline),
        Answer::Silent => Err(Refusal::Unsure),
        _ => Err(Refusal::Unreachable),
    }
}

/// The content of an answer that says yes, as JSON; `refused` says why it is another.
pub(super) fn value(answer: &Answer, refused: impl Fn(&Response) -> Refusal) -> Result<Value<'_>, Refusal> {
    let response = response(answer)?;
    if response.status / 100 == 2 { Ok(response.json()) } else { Err(refused(response)) }
}

/// An address with a query.
pub(super) fn with_query(url: &str, query: &[(&str, &str)]) -> String {
    let mut address = url.to_owned();
    for (name, value) in query {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(name);
        address.push('=');
        address.push_str(&encoded(value));
    }
    address
}

/// Text as a part of a query or of a form.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 15].map(|half| char::from(b"0123456789ABCDEF"[usize::from(half)])));
        }
    }
    encoded
}

/// A form as content: in requests of this kind browsers ask no permission first.
pub(super) fn form(fields: &[(&str, &str)]) -> String {
    with_query("", fields).split_off(1)
}

/// The text at the end of a path of members such as `content.rendered`; empty where there is none.
pub(super) fn text<'a>(value: &'a Value<'a>, path: &str) -> &'a str {
    path.split('.').try_fold(value, |value, name| value.get(name)).and_then(Value::as_str).unwrap_or_default()
}

/// A number or a text, as text; empty for neither, and for 0, which is no identifier anywhere.
pub(super) fn identifier(value: &Value<'_>, name: &str) -> String {
    match value.get(name) {
        Some(Value::String(text)) => text.to_string(),
        Some(Value::Number(number)) if number != "0" => number.to_string(),
        _ => String::new(),
    }
}

/// Text whose letters were escaped for HTML.
pub(super) fn unescaped(text: &str) -> String {
    const NAMED: [(&str, char); 6] =
        [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", ' ')];
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let entity = rest.find(';').filter(|end| *end <= 9).and_then(|end| {
            let name = &rest[1..end];
            let letter = match name.strip_prefix('#') {
                Some(number) => match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number.parse().ok(),
                }
                .and_then(char::from_u32),
                None => NAMED.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter),
            };
            letter.map(|letter| (letter, end + 1))
        });
        let (letter, length) = entity.unwrap_or(('&', 1));
        plain.push(letter);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::comments::provider::Call;

    /// The request of a call.
    #[track_caller]
    pub(in super::super) fn request(call: Call) -> Request {
        match call {
            Call::Http(request) => request,
            other => panic!("no request: {other:?}"),
        }
    }

    /// A recorded answer.
    pub(in super::super) fn answer(status: u16, body: &str) -> Answer {
        answer_with(status, body, &[])
    }

    /// A recorded answer with headers.
    pub(in super::super) fn answer_with(status: u16, body: &str, headers: &[(&'static str, &str)]) -> Answer {
        let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Answer::Http(Response { status, headers, body: body.to_owned() })
    }

    #[test]
    fn entities_are_letters_again_once() {
        for (escaped, plain) in [
            ("Ann &amp; Bob", "Ann & Bob"),
            ("&lt;b&gt; &#39;&#x27;&#8217;", "<b> ''’"),
            ("&amp;lt;", "&lt;"),
            ("AT&T; a & b &nope; &#xD800; &", "AT&T; a & b &nope; &#xD800; &"),
            ("ü&amp;ß&", "ü&ß&"),
        ] {
            assert_eq!(unescaped(escaped), plain);
        }
    }

    #[test]
    fn servers_clock_is_read() {
        let date = |text: &str| match answer_with(200, "", &[("date", text)]) {
            Answer::Http(response) => response.date().map(|date| date.to_string()),
            _ => None,
        };
        assert_eq!(date("Sun, 22 Nov 2026 19:09:47 GMT").as_deref(), Some("2026-11-22T19:09:47.000Z"));
        assert_eq!(date("yesterday"), None);
    }

    #[test]
    fn queries_are_encoded() {
        let query = [("uri", "/ä b/?c=1&d"), ("n", "1")];
        assert_eq!(with_query("https://a.b/", &query), "https://a.b/?uri=%2F%C3%A4%20b%2F%3Fc%3D1%26d&n=1");
        assert_eq!(with_query("https://a.b/?rest_route=/x", &[("n", "1")]), "https://a.b/?rest_route=/x&n=1");
        assert_eq!(form(&[("a", "1+1"), ("b", "")]), "a=1%2B1&b=");
    }
}
