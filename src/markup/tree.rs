//! A parsed HTML document as plain data, so that one walker serves the browser's parser and html5ever, and the two
//! can be compared.

/// A node's place in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// Its position in the order of the document, counted from 0 for the root.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element: lower-case local name (`svg` and `math` content as the parser spells it) and attributes.
    Element {
        /// Name.
        name: String,
        /// Names and values, in the order of the source.
        attributes: Vec<(String, String)>,
    },
    /// Text.
    Text(String),
}

/// A document: a root element `html` and everything below. Comments and doctypes are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    node: Node,
    parent: Option<NodeId>,
    children: Vec<NodeId>,
}

impl Default for Tree {
    fn default() -> Self {
        Self::new()
    }
}

impl Tree {
    /// The root of every tree.
    pub const ROOT: NodeId = NodeId(0);

    /// A tree of the root alone.
    pub fn new() -> Self {
        let node = Node::Element { name: "html".to_owned(), attributes: Vec::new() };
        Self { nodes: vec![Entry { node, parent: None, children: Vec::new() }] }
    }

    /// Adds a node as the last child of `parent`.
    pub fn append(&mut self, parent: NodeId, node: Node) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).expect("inputs are capped far below 2^32 nodes"));
        self.nodes.push(Entry { node, parent: Some(parent), children: Vec::new() });
        self.nodes[parent.0 as usize].children.push(id);
        id
    }

    /// Gives the root its attributes.
    pub fn set_root_attributes(&mut self, attributes: Vec<(String, String)>) {
        self.nodes[0].node = Node::Element { name: "html".to_owned(), attributes };
    }

    /// The node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize].node
    }

    /// Its children, in order.
    pub fn children(&self, id: NodeId) -> &[NodeId] {
        &self.nodes[id.0 as usize].children
    }

    /// Its parent; `None` for the root.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id.0 as usize].parent
    }

    /// How many nodes there are.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    /// Every node, in the order of appending: parents before their children.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// The nodes below `id`, in the order of the document; right only where nodes were appended in that order,
    /// as parsers do.
    pub fn below(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        let mut last = id;
        while let Some(&child) = self.children(last).last() {
            last = child;
        }
        (id.0 + 1..=last.0).map(NodeId)
    }

    /// An element's name; empty for text.
    pub fn name(&self, id: NodeId) -> &str {
        match self.node(id) {
            Node::Element { name, .. } => name,
            Node::Text(_) => "",
        }
    }

    /// The text of a text node.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match self.node(id) {
            Node::Element { .. } => None,
            Node::Text(text) => Some(text),
        }
    }

    /// The value of an attribute, if the element has it.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        match self.node(id) {
            Node::Element { attributes, .. } => {
                attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
            }
            Node::Text(_) => None,
        }
    }

    /// The value of an attribute without surrounding space; empty where the element does not have it.
    pub fn value(&self, id: NodeId, name: &str) -> &str {
        self.attribute(id, name).unwrap_or_default().trim()
    }

    /// Whether the element carries the class.
    pub fn has_class(&self, id: NodeId, class: &str) -> bool {
        self.value(id, "class").split_ascii_whitespace().any(|found| found == class)
    }

    /// The first element below `id` that `wanted` accepts.
    pub fn find(&self, id: NodeId, wanted: impl Fn(NodeId) -> bool) -> Option<NodeId> {
        self.below(id).find(|&node| wanted(node))
    }

    /// The first element of that name below `id`.
    pub fn find_name(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.below(id).find(|&node| self.name(node) == name)
    }

    /// The first element with that class below `id`.
    pub fn find_class(&self, id: NodeId, class: &str) -> Option<NodeId> {
        self.below(id).find(|&node| self.has_class(node, class))
    }

    /// The ancestors of `id`, nearest first.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |&node| self.parent(node))
    }
}
