//! The native tests that need more than one stage, or files.

mod commonmark;
mod damage;
mod element;
mod epub;
mod export;
mod feeds;
mod fixtures;
mod json;
mod manual;
mod measure;
mod parsed;
mod parsers;
mod markup;
mod outbox;
mod reading;
mod robustness;
mod samples;
mod schema;
mod sound;
mod style;
mod tidy;
mod trees;
