//! Every file of others, damaged in many ways: there is always an answer, and what is read is sound.
//!
//! Each file has the same share of the work, whatever its size: large ones are made small first.

use std::path::{Path, PathBuf};

use crate::damage::{self, Dice};
use crate::{fixtures, sound};
use recto::json::Value;
use recto::reader::{Format, Hint};

/// Bytes that a file is at most damaged at.
const SIZE: usize = 8_000;
/// Bytes that are read for each file, in all.
const SHARE: usize = 40_000;
/// How often each file is damaged at least and at most.
const TIMES: (usize, usize) = (4, 25);
/// Places at which each file ends early.
const CUTS: usize = 6;

/// The folder of small files of our own, one of each format, with which the fuzz targets begin.
fn seeds(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    found.sort();
    found
}

/// Our own files and those of others, but for attacks, which are lists of texts.
fn samples() -> Vec<(PathBuf, Vec<u8>)> {
    let others = fixtures::files("", "").into_iter().filter(|path| !path.to_string_lossy().contains("/xss/"));
    let all = ["read", "markup", "markdown"].into_iter().flat_map(seeds).chain(others);
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).expect("a sample can be read");
        (path, bytes)
    };
    all.map(read).collect()
}

/// Counts inputs and keeps what was found, so that one run tells everything.
#[derive(Default)]
struct Trial {
    tried: usize,
    findings: Vec<String>,
}

impl Trial {
    /// Tries one input.
    fn input(&mut self, name: &str, check: impl FnOnce(&str)) {
        self.tried += 1;
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(name))).is_err() {
            self.findings.push(name.to_owned());
        }
    }

    /// Says how many inputs there were, and fails where one was a finding.
    #[track_caller]
    fn end(self, what: &str) {
        println!("{} inputs {what}", self.tried);
        assert!(self.findings.is_empty(), "{} findings: {:#?}", self.findings.len(), self.findings);
    }
}

#[test]
fn each_format_has_a_seed() {
    for format in Format::ALL {
        let seed = seeds("read").into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == format.as_str()));
        let seed = seed.unwrap_or_else(|| panic!("fuzz/seeds/read holds no file of {}", format.name()));
        let bytes = std::fs::read(&seed).expect("a seed can be read");
        let reading = sound::read(&bytes, &Hint::default(), format.name());
        assert_eq!(reading.map(|reading| reading.format), Some(*format), "{}", seed.display());
    }
}

#[test]
fn files_that_end_early_get_an_answer() {
    let mut trial = Trial::default();
    for (number, (path, bytes)) in samples().into_iter().enumerate() {
        let name = path.to_string_lossy();
        for cut in 0..CUTS {
            // Not the same parts of every file.
            let end = bytes.len() * (cut * 7 + number % 7) / (CUTS * 7);
            let end = if is_json(&path) { end } else { end.min(SIZE * cut) };
            trial.input(&format!("{name} up to {end}"), |what| {
                sound::read(&bytes[..end], &Hint { name: &name, ..Hint::default() }, what);
            });
        }
    }
    trial.end("that end early");
}

#[test]
fn json_with_damaged_values_gets_an_answer() {
    let mut trial = Trial::default();
    for (number, (path, bytes)) in samples().into_iter().enumerate() {
        let Some(mut value) = parsed(&path, &bytes) else { continue };
        shrink(&mut value);
        let size = damage::text(&value).len();
        let places = damage::places(&value);
        for time in 0..(SHARE / size.max(1)).clamp(TIMES.0, TIMES.1) {
            let mut dice = Dice((number * 1000 + time) as u64);
            let (place, kind) = (dice.below(places), number + time);
            let mut damaged = value.clone();
            damage::value(&mut damaged, place, kind, &mut dice);
            let name = format!("{} with damage {} at {place}", path.display(), kind % damage::KINDS);
            let text = damage::text(&damaged);
            trial.input(&name, |what| drop(sound::read(text.as_bytes(), &Hint::default(), what)));
        }
    }
    trial.end("with damaged values");
}

#[test]
fn texts_with_damaged_bytes_get_an_answer() {
    let mut trial = Trial::default();
    for (number, (path, bytes)) in samples().into_iter().enumerate() {
        let start = if bytes.len() > SIZE { (number * 997) % (bytes.len() - SIZE) } else { 0 };
        let piece = &bytes[start..bytes.len().min(start + SIZE)];
        let name = path.to_string_lossy();
        for time in 0..if is_json(&path) { 2 } else { TIMES.0 } {
            let mut damaged = piece.to_vec();
            damage::bytes(&mut damaged, &mut Dice((number * 1000 + time) as u64));
            let format =
                [None, Some(Format::Html), Some(Format::Markdown), Some(Format::PlainText)][(number + time) % 4];
            trial.input(&format!("{name}, damage {time} to its bytes"), |what| {
                sound::read(&damaged, &Hint { name: &name, format, ..Hint::default() }, what);
                if format == Some(Format::Html) {
                    sound::fragment(&String::from_utf8_lossy(&damaged), what);
                }
            });
        }
    }
    trial.end("with damaged bytes");
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "json")
}

/// The value of a JSON file.
fn parsed(path: &Path, bytes: &[u8]) -> Option<Value<'static>> {
    let text = String::from_utf8_lossy(bytes);
    recto::json::parse(&text).ok().filter(|_| is_json(path)).map(Value::into_owned)
}

/// Takes the second half from the longest list until the text is short.
fn shrink(value: &mut Value<'_>) {
    let mut size = damage::text(value).len();
    while size > SIZE {
        match longest(value) {
            Some(items) if items.len() > 1 => items.truncate(items.len() / 2),
            _ => return,
        }
        size = damage::text(value).len();
    }
}

/// The list with the most items.
fn longest<'v, 'a>(value: &'v mut Value<'a>) -> Option<&'v mut Vec<Value<'a>>> {
    fn most(value: &Value<'_>) -> usize {
        match value {
            Value::Array(items) => items.iter().map(most).max().unwrap_or_default().max(items.len()),
            Value::Object(members) => members.values().map(most).max().unwrap_or_default(),
            _ => 0,
        }
    }
    let wanted = most(value);
    match value {
        Value::Array(items) => match items.iter().position(|item| most(item) == wanted) {
            Some(at) if items.len() < wanted => longest(&mut items[at]),
            _ => Some(items),
        },
        Value::Object(members) => members.values_mut().find(|member| most(member) == wanted).and_then(longest),
        _ => None,
    }
}
