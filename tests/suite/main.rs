//! The native tests that need more than one stage, or files.

mod samples;
mod tidy;
