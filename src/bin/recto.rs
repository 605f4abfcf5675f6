//! The program `recto`: checks, converts and publishes articles from the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
    return recto::cli::run();
    #[cfg(not(all(feature = "cli", not(target_arch = "wasm32"))))]
    ExitCode::FAILURE
}
