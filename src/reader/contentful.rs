//! Stub.
use super::*;
use crate::article::Blocks;
use serde_json::Value;
pub(super) fn matches(_: &Value) -> bool {
    false
}
pub(super) fn is_document(_: &Value) -> bool {
    false
}
pub(super) fn document(_: &Value, _: &mut Context<'_>) -> Blocks {
    Blocks::default()
}
pub(super) fn linked(_: &Value) -> BTreeMap<String, Value> {
    BTreeMap::new()
}
pub(super) fn read(value: &Value, context: &mut Context<'_>) -> Result<Article, ReadError> {
    rich_text::read(value, context)
}
