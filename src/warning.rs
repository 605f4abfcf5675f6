//! What a reader had to say about its input: recoverable, each with the place it concerns.

use crate::article::json::{keyword, record};

keyword! {
    /// How much a warning matters to the person who wrote the file.
    pub enum Level {
        /// Nothing is lost: a typo in a name, something left out on purpose.
        Info = "info",
        /// Something could not be used as it stands.
        Warning = "warning",
    }
}

record! {
    /// One remark about the input.
    pub struct Warning {
        /// The place, as a JSON Pointer (RFC 6901); empty for the whole input.
        pub path: String => "path",
        /// Lower case, without a full stop: what was expected and what was found.
        pub message: String => "message",
        /// How much it matters.
        pub level: Level => "level",
    }
}

/// Text of the input as a message may quote it: what would not be seen, or would turn the message around, is left out.
pub fn printable(text: &str) -> String {
    let is_unseen = |letter: &char| {
        letter.is_control()
            || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    text.chars().filter(|letter| !is_unseen(letter)).collect()
}

/// Collects warnings, knowing at which path of the input the reader is.
#[derive(Debug, Default)]
pub struct Warnings {
    path: String,
    depth: u32,
    list: Vec<Warning>,
}

/// More than these are not kept: a file of a thousand mistakes is described by the first of them.
const MOST: usize = 500;

impl Warnings {
    /// Reads a member: `read` runs with `/key` appended to the path.
    pub fn at<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.enter(key);
        let result = read(self);
        self.leave(length);
        result
    }

    /// Reads an array item: `read` runs with `/index` appended to the path.
    pub fn at_index<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.enter_index(index);
        let result = read(self);
        self.leave(length);
        result
    }

    /// How many members and items deep the reader is.
    pub fn depth(&self) -> u32 {
        self.depth
    }

    /// Notes something that could not be used.
    pub fn warn(&mut self, message: impl Into<String>) {
        self.push(Level::Warning, message.into());
    }

    /// Notes something worth knowing that costs the reader nothing.
    pub fn info(&mut self, message: impl Into<String>) {
        self.push(Level::Info, message.into());
    }

    /// All warnings, in the order of the input.
    pub fn into_list(self) -> Vec<Warning> {
        self.list
    }

    /// Appends `/key` to the path, and returns how long it was: for walkers that cannot lend themselves to a closure.
    #[inline(never)]
    pub(crate) fn enter(&mut self, key: &str) -> usize {
        let length = self.path.len();
        self.path.push('/');
        // As in a pointer: nearly all keys are plain.
        if key.contains('~') || key.contains('/') {
            self.path.push_str(&key.replace('~', "~0").replace('/', "~1"));
        } else {
            self.path.push_str(key);
        }
        self.depth += 1;
        length
    }

    /// Appends `/index` to the path, and returns how long it was.
    #[inline(never)]
    pub(crate) fn enter_index(&mut self, index: usize) -> usize {
        let length = self.path.len();
        self.path.push('/');
        push_number(index, &mut self.path);
        self.depth += 1;
        length
    }

    /// Appends `/list/index` to the path as one step, and returns how long it was.
    pub(crate) fn enter_item(&mut self, list: &str, index: usize) -> usize {
        let length = self.enter(list);
        self.enter_index(index);
        self.depth -= 1;
        length
    }

    /// Goes back to the path of that length, one step less deep.
    #[inline(never)]
    pub(crate) fn leave(&mut self, length: usize) {
        self.depth -= 1;
        self.path.truncate(length);
    }

    #[inline(never)]
    fn push(&mut self, level: Level, message: String) {
        if self.list.len() < MOST {
            self.list.push(Warning { path: self.path.clone(), message, level });
        }
    }
}

/// Appends a number, which is done for every item of every list: the standard library takes ten times as long.
fn push_number(number: usize, text: &mut String) {
    if number >= 10 {
        push_number(number / 10, text);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_pointers() {
        let mut warnings = Warnings::default();
        warnings.at("a/b~c", |warnings| warnings.at_index(1205, |warnings| warnings.warn("w")));
        warnings.at_index(0, |warnings| warnings.warn("w"));
        let paths: Vec<String> = warnings.into_list().into_iter().map(|warning| warning.path).collect();
        assert_eq!(paths, ["/a~1b~0c/1205", "/0"]);
    }

    #[test]
    fn messages_quote_what_can_be_seen() {
        assert_eq!(printable("a\n\u{202E}b\u{200B} é“"), "ab é“");
    }
}
