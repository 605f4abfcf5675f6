//! The program `recto` as people run it, over files in a folder of its own for each test.

mod build;
mod bundle;
mod check;
mod convert;
mod manual;
mod workshop;
