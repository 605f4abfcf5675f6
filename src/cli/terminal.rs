//! What people see in a terminal: colours and progress where there is one, plain lines everywhere else.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What stands out as wrong.
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// What deserves a look.
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// What is good to know.
pub(super) const NOTE: Style = AnsiColor::Cyan.on_default();
/// What is well.
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What stands back.
pub(super) const QUIET: Style = Style::new().dimmed();

/// With fewer steps than these, all is done before anybody looks.
const FEWEST_STEPS: usize = 20;

/// Tells on standard error that something failed.
pub(super) fn error(message: &str) {
    anstream::eprintln!("{ERROR}error{ERROR:#}: {message}");
}

/// Tells on standard error what deserves a look.
pub(super) fn warning(message: &str) {
    anstream::eprintln!("{WARNING}warning{WARNING:#}: {message}");
}

/// A bar that shows how much of `steps` is done: on a terminal, and where there are many.
pub(super) fn progress(steps: usize, doing: &'static str) -> ProgressBar {
    let target = if steps < FEWEST_STEPS { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(steps as u64), target).with_message(doing);
    match ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Writes to standard output. Whoever reads it may stop early, which is no failure.
pub(super) fn print(text: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// The same for text with colours, which reach terminals only.
pub(super) fn print_styled(text: &str) -> io::Result<()> {
    let mut out = anstream::AutoStream::auto(io::stdout());
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}
