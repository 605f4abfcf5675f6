//! The native tests that need more than one stage, or files.

mod export;
mod fixtures;
mod json;
mod manual;
mod parsed;
mod parsers;
mod markup;
mod reading;
mod samples;
mod schema;
mod style;
mod tidy;
