//! What markup depends on in the place where it is shown, as `boot/modules.js` says it.

use super::{intl, origin};
use crate::html::Options;

/// How an article is written whose title is a heading of that level; `pictures` says which are loaded: `all`,
/// `same-origin` or `none`.
pub fn options(level: u8, pictures: &str) -> Options {
    Options {
        format_date: intl::format_date,
        heading_level: level,
        loads_picture: match pictures {
            "none" => |_| false,
            "same-origin" => origin::is_own,
            _ => |_| true,
        },
        ..Options::default()
    }
}
