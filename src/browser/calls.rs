//! Does what a provider of comments asks for.

use super::{fetch, storage};
use crate::comments::provider::{Answer, Call, Damaged};

/// Executes a call. Between reading and storing there is no pause in which another tab could store something.
pub async fn execute(call: &Call) -> Answer {
    match call {
        Call::Http(request) => fetch::send(request).await,
        Call::Read { key } => Answer::Stored(storage::get(key)),
        Call::Amend { key, amendment } => match amendment.apply(storage::get(key).as_deref()) {
            Err(Damaged) => Answer::Damaged,
            Ok(None) => {
                storage::remove(key);
                Answer::Stored(None)
            }
            Ok(Some(amended)) if storage::set(key, &amended) => Answer::Stored(Some(amended)),
            Ok(Some(_)) => Answer::Full,
        },
    }
}
