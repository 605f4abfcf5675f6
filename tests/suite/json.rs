//! The JSON parser and writer, compared with serde_json's on files of others.

use recto::json;
use serde_json::Value;

use crate::fixtures;

#[test]
fn files_of_others_are_read_as_serde_json_reads_them() {
    for path in fixtures::files("", ".json") {
        let bytes = std::fs::read(&path).expect("readable");
        let Ok(text) = str::from_utf8(&bytes) else { continue };
        if let Ok(expected) = serde_json::from_str::<Value>(text.trim_start_matches('\u{FEFF}')) {
            assert!(json::parse(text).is_ok_and(|found| found == expected), "{} differs", path.display());
            let written = json::text(&expected);
            assert_eq!(serde_json::from_str::<Value>(&written).ok(), Some(expected), "{} is not kept", path.display());
        }
    }
}
