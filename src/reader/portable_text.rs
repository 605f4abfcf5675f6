//! Stub.
use super::Context;
use crate::article::Blocks;
use serde_json::Value;
pub(super) fn matches(_: &Value) -> bool {
    false
}
pub(super) fn read(_: &Value, _: &mut Context<'_>) -> Blocks {
    Blocks::default()
}
