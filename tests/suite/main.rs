//! The native tests that need more than one stage, or files.

mod manual;
mod samples;
mod tidy;
