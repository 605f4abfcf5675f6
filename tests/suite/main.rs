//! The native tests that need more than one stage, or files.

mod manual;
mod markup;
mod samples;
mod schema;
mod style;
mod tidy;
