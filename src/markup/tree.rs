//! A parsed HTML document as plain data, so that one walker serves the browser's parser and html5ever, and the two
//! can be compared.

/// A node's place in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

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
}
