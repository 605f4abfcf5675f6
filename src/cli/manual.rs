//! The program about itself: completions for shells and the manual page, made of the same declarations as `--help`.

use std::io;
use std::process::ExitCode;

use clap::Command;
use clap_complete::Shell;

use super::{Done, Failure, terminal};

/// Prints the script that completes commands in `shell`.
pub(super) fn completions(command: &mut Command, shell: Shell) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(shell, command, "recto", &mut script);
    terminal::print(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the manual page of the program, or of one verb.
pub(super) fn page(command: Command, verb: Option<&str>) -> Done {
    let mut page = Vec::new();
    match verb {
        None => whole(&command, &mut page)?,
        Some(verb) => {
            let Some(described) = command.find_subcommand(verb) else {
                return Err(Failure(format!("there is no verb `{verb}`")));
            };
            clap_mangen::Man::new(described.clone().display_name(format!("recto-{verb}"))).render(&mut page)?;
        }
    }
    terminal::print(&page)?;
    Ok(ExitCode::SUCCESS)
}

/// One page for all: the program, then each verb with its options.
fn whole(command: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    let man = clap_mangen::Man::new(command.clone());
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        page.extend_from_slice(format!(".SH \"RECTO {}\"\n", verb.get_name().to_uppercase()).as_bytes());
        let about = verb.get_long_about().or(verb.get_about()).map(ToString::to_string).unwrap_or_default();
        let mut part = Vec::new();
        let man = clap_mangen::Man::new(verb.clone().bin_name(format!("recto {}", verb.get_name())));
        man.render_synopsis_section(&mut part)?;
        man.render_options_section(&mut part)?;
        page.extend_from_slice(
            clap_mangen::roff::Roff::new().text([clap_mangen::roff::roman(about)]).render().as_bytes(),
        );
        // Its headings are below that of the verb.
        page.extend_from_slice(String::from_utf8_lossy(&part).replace(".SH ", ".SS ").as_bytes());
    }
    Ok(())
}
