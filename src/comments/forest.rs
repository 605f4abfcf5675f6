//! A flat list of comments -> threads: who answers whom, in reading order, nested no deeper than is comfortable.
//!
//! Servers send lists that no tree is made of: parents that are missing, held back or deleted, identifiers used
//! twice, and circles. Every comment that can be read comes out exactly once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::caps::Sort;
use super::{Comment, State};

/// Comments as they are shown: every one has its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forest {
    nodes: Arc<Vec<Node>>,
    roots: Vec<usize>,
    by_anchor: Arc<BTreeMap<String, usize>>,
    /// Which are not left out; empty where that is all.
    is_in: Vec<bool>,
}

/// A comment in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The comment.
    pub comment: Arc<Comment>,
    /// Its name in addresses, unlike any other here: `comment-…`.
    pub anchor: String,
    /// How deep it is shown, from 1.
    pub depth: u8,
    /// Those shown under it, in order.
    pub children: Vec<usize>,
    /// The comment it answers, where that is not the one it is shown under.
    pub answers: Option<usize>,
    /// The comment it answers is not here.
    pub is_orphan: bool,
}

impl Forest {
    /// The same with its threads in another order, where `likes` counts those of a comment.
    #[must_use]
    pub fn sorted(mut self, sort: Sort, likes: &dyn Fn(&Comment) -> i64) -> Self {
        match sort {
            Sort::Oldest => {}
            Sort::Newest => self.roots.reverse(),
            Sort::Liked => self.roots.sort_by_cached_key(|root| -likes(&self.nodes[*root].comment)),
        }
        self
    }

    /// The same with no more than the first `most` comments in reading order under [`Forest::anchors_under`], and those
    /// that `stays` says of, with what they answer.
    #[must_use]
    pub fn first(&self, most: usize, stays: &dyn Fn(&Comment) -> bool) -> Self {
        let mut under = vec![None; self.nodes.len()];
        for (index, node) in self.nodes.iter().enumerate() {
            node.children.iter().for_each(|child| under[*child] = Some(index));
        }
        let mut is_in = vec![false; self.nodes.len()];
        for (rank, index) in self.reading_order().into_iter().enumerate() {
            if rank < most || stays(&self.nodes[index].comment) {
                let mut next = Some(index);
                while let Some(index) = next.filter(|index| !is_in[*index]) {
                    is_in[index] = true;
                    next = under[index];
                }
            }
        }
        Self { is_in, ..self.clone() }
    }

    /// Whether comments were left out by [`Forest::first`].
    pub fn is_cut(&self) -> bool {
        self.is_in.contains(&false)
    }

    fn has(&self, index: usize) -> bool {
        self.is_in.get(index) != Some(&false)
    }

    /// The comment at a place in reading order, of those that are not left out.
    pub fn at(&self, rank: usize) -> Option<&Node> {
        self.reading_order().get(rank).map(|index| &self.nodes[*index])
    }

    /// How many comments are not left out.
    pub fn shown(&self) -> usize {
        if self.is_in.is_empty() { self.nodes.len() } else { self.is_in.iter().filter(|is_in| **is_in).count() }
    }

    /// How many there are, with those that are left out or deleted.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    fn reading_order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut waiting: Vec<usize> = self.roots.iter().rev().copied().collect();
        while let Some(index) = waiting.pop() {
            if self.has(index) {
                order.push(index);
                waiting.extend(self.nodes[index].children.iter().rev());
            }
        }
        order
    }

    /// Top-level comments, the oldest first.
    pub fn roots(&self) -> &[usize] {
        &self.roots
    }

    /// The comment at an index of [`Forest::roots`] or [`Node::children`].
    pub fn node(&self, index: usize) -> &Node {
        &self.nodes[index]
    }

    /// The comment of that name.
    pub fn find(&self, anchor: &str) -> Option<&Node> {
        self.by_anchor.get(anchor).map(|index| &self.nodes[*index])
    }

    /// Names of those shown under the comment of that name, or at the top level.
    pub fn anchors_under(&self, anchor: Option<&str>) -> Vec<String> {
        let indices = match anchor {
            None => &self.roots,
            Some(anchor) => self.find(anchor).map_or(&self.roots[..0], |node| &node.children),
        };
        let shown = indices.iter().filter(|index| self.has(**index));
        shown.map(|index| self.nodes[*index].anchor.clone()).collect()
    }

    /// The name of the comment with that identifier; of the latest where several have it.
    pub fn anchor_of(&self, id: &str) -> Option<&str> {
        self.nodes.iter().filter(|node| node.comment.id == id).map(|node| node.anchor.as_str()).next_back()
    }

    /// How many comments can be read: deleted ones do not count.
    pub fn count(&self) -> usize {
        self.nodes.iter().filter(|node| node.comment.state != State::Deleted).count()
    }
}

/// Makes threads of comments, nested to `deepest` levels. Deleted comments stay only where a reply is left.
pub fn forest(comments: &[Arc<Comment>], deepest: u8) -> Forest {
    let comments = in_order(comments);
    let parents = parents(&comments);
    let mut replies: Vec<Vec<usize>> = vec![Vec::new(); comments.len()];
    for (index, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            replies[*parent].push(index);
        }
    }
    let order = reading_order(&parents, &replies);
    let mut is_shown: Vec<bool> = comments.iter().map(|comment| comment.state != State::Deleted).collect();
    for &index in order.iter().rev() {
        is_shown[index] |= replies[index].iter().any(|reply| is_shown[*reply]);
    }

    let (mut nodes, mut roots, mut by_anchor) = (Vec::<Node>::new(), Vec::new(), BTreeMap::new());
    let mut place_of = vec![0; comments.len()];
    let mut shown_under: Vec<Option<usize>> = Vec::new();
    for index in order.into_iter().filter(|index| is_shown[*index]) {
        let comment = comments[index];
        let place = nodes.len();
        let parent = parents[index].map(|parent| place_of[parent]);
        let (under, depth) = match parent {
            None => (None, 1),
            Some(parent) if nodes[parent].depth < deepest => (Some(parent), nodes[parent].depth + 1),
            Some(parent) => (shown_under[parent], nodes[parent].depth),
        };
        match under {
            None => roots.push(place),
            Some(under) => nodes[under].children.push(place),
        }
        let anchor = free_anchor(&comment.id, &by_anchor);
        by_anchor.insert(anchor.clone(), place);
        nodes.push(Node {
            comment: Arc::clone(comment),
            anchor,
            depth,
            children: Vec::new(),
            answers: parent.filter(|parent| Some(*parent) != under),
            is_orphan: parent.is_none() && !comment.parent.is_empty(),
        });
        shown_under.push(under);
        place_of[index] = place;
    }
    Forest { nodes: Arc::new(nodes), roots, by_anchor: Arc::new(by_anchor), is_in: Vec::new() }
}

/// The oldest first, each once: what has the same identifier and moment is the same comment.
fn in_order(comments: &[Arc<Comment>]) -> Vec<&Arc<Comment>> {
    let mut ordered: Vec<&Arc<Comment>> = comments.iter().collect();
    ordered.sort_by_key(|comment| comment.created);
    let mut seen = std::collections::BTreeSet::new();
    ordered.retain(|comment| seen.insert((comment.created, comment.id.as_str())));
    ordered
}

/// Whom each comment answers: of several with that identifier the latest that was there before. Circles are cut.
fn parents(comments: &[&Arc<Comment>]) -> Vec<Option<usize>> {
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, comment) in comments.iter().enumerate() {
        by_id.entry(&comment.id).or_default().push(index);
    }
    let parent = |(index, comment): (usize, &&Arc<Comment>)| {
        let same_id = by_id.get(comment.parent.as_str()).filter(|_| !comment.parent.is_empty())?;
        let before = same_id.iter().rev().find(|other| **other < index);
        before.or(same_id.first()).copied().filter(|parent| *parent != index)
    };
    let mut parents: Vec<Option<usize>> = comments.iter().enumerate().map(parent).collect();
    let mut walk_of = vec![usize::MAX; comments.len()];
    for start in 0..comments.len() {
        let mut index = start;
        while walk_of[index] == usize::MAX {
            walk_of[index] = start;
            match parents[index] {
                Some(parent) if walk_of[parent] == start => parents[index] = None,
                Some(parent) => index = parent,
                None => {}
            }
        }
    }
    parents
}

/// Every comment after the one it answers and before the next one on that level.
fn reading_order(parents: &[Option<usize>], replies: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(parents.len());
    let mut waiting: Vec<usize> = (0..parents.len()).rev().filter(|index| parents[*index].is_none()).collect();
    while let Some(index) = waiting.pop() {
        order.push(index);
        waiting.extend(replies[index].iter().rev());
    }
    order
}

/// `comment-ID`, of letters that addresses and attributes take as they are, with a number where it is taken.
fn free_anchor(id: &str, taken: &BTreeMap<String, usize>) -> String {
    let mut anchor = "comment-".to_owned();
    anchor.extend(id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }));
    let length = anchor.len();
    let mut number = 2;
    while taken.contains_key(&anchor) {
        anchor.truncate(length);
        anchor.push('-');
        anchor.push_str(&number.to_string());
        number += 1;
    }
    anchor
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::Moment;

    /// Comments written `id<parent`, created in this order; a leading `-` means deleted.
    fn comments(list: &str) -> Vec<Arc<Comment>> {
        let comment = |(index, word): (usize, &str)| {
            let (state, word) = word.strip_prefix('-').map_or((State::Published, word), |word| (State::Deleted, word));
            let (id, parent) = word.split_once('<').unwrap_or((word, ""));
            let (id, parent) = (id.to_owned(), parent.to_owned());
            Arc::new(Comment { id, parent, state, created: Moment(index as i64), ..Comment::default() })
        };
        list.split_whitespace().enumerate().map(comment).collect()
    }

    /// The threads written as `a(b(c) d)`, with `^` for a reply shown beside its parent and `?` for an orphan.
    fn shape(forest: &Forest) -> String {
        shape_under(forest, None)
    }

    fn shape_under(forest: &Forest, anchor: Option<&str>) -> String {
        let node = |anchor: &String| {
            let node = forest.find(anchor).unwrap();
            let name = node.anchor.trim_start_matches("comment-");
            let marks = if node.answers.is_some() { "^" } else { "" };
            let marks = if node.is_orphan { "?" } else { marks };
            let children = shape_under(forest, Some(anchor));
            if children.is_empty() { format!("{name}{marks}") } else { format!("{name}{marks}({children})") }
        };
        forest.anchors_under(anchor).iter().map(node).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(list: &str, expected: &str) {
        let forest = forest(&comments(list), 3);
        assert_eq!(shape(&forest), expected);
    }

    #[test]
    fn replies_are_under_what_they_answer_in_order_of_time() {
        check("a b c<a d<b e<a", "a(c e) b(d)");
    }

    #[test]
    fn deep_replies_stand_side_by_side_and_say_whom_they_answer() {
        check("a b<a c<b d<c e<d f<b g<c", "a(b(c d^ e^ g^ f))");
    }

    #[test]
    fn orphans_are_at_the_top_level() {
        check("a b<gone c<b", "a b?(c)");
    }

    #[test]
    fn deleted_comments_stay_where_a_reply_is_left() {
        check("-a b<a -c -d<b -e f<e", "a(b) e(f)");
        assert_eq!(forest(&comments("-a b<a -c"), 5).count(), 1);
    }

    #[test]
    fn threads_are_sorted_and_replies_stay_in_the_order_of_time() {
        let list = comments("a b c<a d<a e");
        let likes = |comment: &Comment| i64::from(comment.id == "e");
        for (sort, expected) in [(Sort::Newest, "e b a(c d)"), (Sort::Liked, "e a(c d) b")] {
            let forest = forest(&list, 3).sorted(sort, &likes);
            assert_eq!(shape(&forest), expected);
        }
    }

    #[test]
    fn long_threads_begin_with_their_first_comments() {
        let list = comments("a b<a c<b d e<d f<e g");
        let first = |most, stays: &str| {
            let forest = forest(&list, 3).first(most, &|comment| comment.id == stays);
            (shape(&forest), forest.is_cut(), forest.count())
        };
        assert_eq!(first(2, ""), ("a(b)".to_owned(), true, 7));
        assert_eq!(first(2, "f"), ("a(b) d(e(f))".to_owned(), true, 7), "what stays brings what it answers");
        assert_eq!(first(7, ""), ("a(b(c)) d(e(f)) g".to_owned(), false, 7));
        assert_eq!(forest(&list, 3).first(5, &|_| false).at(4).map(|node| node.anchor.as_str()), Some("comment-e"));
    }

    #[test]
    fn circles_are_cut() {
        check("a<a b<c c<b d<c", "a? c?(b d)");
    }

    #[test]
    fn identifiers_used_again_get_names_of_their_own() {
        check("a b<a a c<a", "a(b) a-2(c)");
        check("x.y x-y", "x-y x-y-2");
    }

    #[test]
    fn same_comment_twice_is_shown_once() {
        let mut list = comments("a b<a");
        list.extend(comments("a"));
        assert_eq!(forest(&list, 5).count(), 2);
    }

    #[test]
    fn replies_that_arrive_before_their_parent_find_it() {
        check("b<a a", "a(b)");
    }

    #[test]
    fn thread_of_thousands_nested_in_one_line_is_quick() {
        let list: String = (0..20_000).map(|n| format!("{}<{} ", n + 1, n)).collect();
        let forest = forest(&comments(&list), 5);
        assert_eq!(forest.count(), 20_000);
    }
}
