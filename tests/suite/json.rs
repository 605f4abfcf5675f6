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
            let found = json::parse(text).unwrap_or_else(|mistake| panic!("{}: {mistake}", path.display()));
            for written in [json::text(&found), json::pretty(&found)] {
                let written = serde_json::from_str::<Value>(&written).ok();
                assert_eq!(written.as_ref(), Some(&expected), "{} differs", path.display());
            }
        }
    }
}
