//! Items of flat lists, each with its level, -> nested lists: as editors of lines and blocks store them.

use crate::article::{Block, Blocks, Kind, List, ListItem};

/// Lists nest no deeper: what is deeper stands here.
const DEEPEST: u32 = 8;

/// Adds an item at a level, counted from 0, to the list at the end of `blocks`, or to a new one. A level that is
/// skipped does not count: an item is at most one list deeper than the one before it.
pub(super) fn push_item(blocks: &mut Blocks, level: u32, ordered: bool, item: ListItem) {
    push_at(blocks, level.min(DEEPEST), ordered, item);
}

/// Makes the next item start a list of its own: what parts it from the list at the end of `blocks` is not seen.
pub(super) fn start_list(blocks: &mut Blocks, ordered: bool) {
    if let Some(Block { kind: Kind::List(last), .. }) = blocks.last()
        && !last.children.is_empty()
    {
        blocks.push(Block::new(Kind::List(List { ordered, ..List::default() })));
    }
}

fn push_at(blocks: &mut Blocks, level: u32, ordered: bool, item: ListItem) {
    if let Some(Block { kind: Kind::List(list), .. }) = blocks.last_mut() {
        match list.children.last_mut() {
            Some(last) if level > 0 => return push_at(&mut last.children, level - 1, ordered, item),
            _ if list.ordered == ordered => return list.children.push(item),
            _ => {}
        }
    }
    blocks.push(Block::new(Kind::List(List { ordered, children: vec![item], ..List::default() })));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::json::Json;
    use crate::json::{Value, json};

    #[track_caller]
    fn check(items: &[(u32, bool)], expect: &Value<'_>) {
        let mut blocks = Blocks::default();
        for (index, (level, ordered)) in items.iter().enumerate() {
            let children = vec![Block::paragraph(index.to_string().as_str())].into();
            push_item(&mut blocks, *level, *ordered, ListItem { children, ..ListItem::default() });
        }
        assert_eq!(&outline(&blocks), expect);
    }

    fn outline(blocks: &Blocks) -> Value<'static> {
        let one = |block: &Block| match &block.kind {
            Kind::List(list) => {
                let name = if list.ordered { "ol" } else { "ul" };
                json!({name: list.children.iter().map(|item| outline(&item.children)).collect::<Vec<_>>()})
            }
            Kind::Paragraph(paragraph) => paragraph.children.write().into_owned(),
            _ => Value::Null,
        };
        blocks.iter().map(one).collect()
    }

    #[test]
    fn items_nest_by_their_level() {
        check(
            &[(0, false), (1, false), (2, true), (1, false), (0, false), (0, true)],
            &json!([{"ul": [["0", {"ul": [["1", {"ol": [["2"]]}], ["3"]]}], ["4"]]}, {"ol": [["5"]]}]),
        );
    }

    #[test]
    fn levels_may_start_deep_and_skip() {
        check(
            &[(3, false), (0, false), (2, false), (99, false)],
            &json!([{"ul": [["0"], ["1", {"ul": [["2", {"ul": [["3"]]}]]}]]}]),
        );
    }
}
