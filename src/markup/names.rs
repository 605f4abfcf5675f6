//! The names of a document, each with a node. A sorted list would do, but each kind of list that is sorted brings
//! five kilobytes of sorting into the page.

use super::caps::hash;
use super::tree::NodeId;

/// Names by open addressing: the first of equal names counts.
pub(super) struct Names<'a> {
    slots: Vec<Option<(&'a str, NodeId)>>,
}

/// Slots looked at for a name: names made to collide are left out, not searched for.
const MOST_PROBES: usize = 32;

impl<'a> FromIterator<(&'a str, NodeId)> for Names<'a> {
    fn from_iter<I: IntoIterator<Item = (&'a str, NodeId)>>(names: I) -> Self {
        let names: Vec<_> = names.into_iter().collect();
        let mut slots = vec![None; (names.len() * 2).next_power_of_two()];
        for (name, id) in names {
            if let Some(slot) = find(&slots, name)
                && slots[slot].is_none()
            {
                slots[slot] = Some((name, id));
            }
        }
        Self { slots }
    }
}

impl Names<'_> {
    /// The node of that name.
    pub(super) fn get(&self, name: &str) -> Option<NodeId> {
        self.slots[find(&self.slots, name)?].map(|(_, id)| id)
    }
}

/// The slot that holds the name, or could.
fn find(slots: &[Option<(&str, NodeId)>], name: &str) -> Option<usize> {
    let mask = slots.len() - 1;
    let hash = hash(name);
    let start = (hash ^ (hash >> 32)) as usize;
    (0..MOST_PROBES.min(slots.len()))
        .map(|probe| (start + probe) & mask)
        .find(|&slot| slots[slot].is_none_or(|(found, _)| found == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Tree;
    use crate::markup::tree::Node;

    #[test]
    fn finds_the_first_of_equal_names() {
        let mut tree = Tree::new();
        let ids: Vec<NodeId> = (0..200).map(|_| tree.append(Tree::ROOT, Node::Text(String::new()))).collect();
        let spelled: Vec<String> = (0..200).map(|number| format!("n{}", number / 2)).collect();
        let names: Names<'_> = spelled.iter().map(String::as_str).zip(ids.iter().copied()).collect();
        for number in 0..100 {
            assert_eq!(names.get(&format!("n{number}")), Some(ids[number * 2]));
        }
        assert_eq!(names.get("other"), None);
        assert_eq!(Names::from_iter([]).get("x"), None);
    }
}
