//! Finds every pattern in a text that comes byte by byte, in a time that does not depend on the
//! patterns (Aho and Corasick). It knows how much of what it has seen may be the beginning of a
//! pattern: only that has to wait for what comes next.

const NONE: u32 = u32::MAX;

/// A place in the tree of patterns; the root stands for nothing seen.
pub(super) type State = u32;
pub(super) const ROOT: State = 0;

#[derive(Debug, Clone, Copy)]
struct Node {
    byte: u8,
    child: u32,
    sibling: u32,
    /// The longest proper end of what leads here that begins a pattern too.
    fallback: u32,
    /// How many bytes lead here.
    depth: u32,
    /// The length of the longest pattern that ends here; 0 for none.
    longest: u32,
}

#[derive(Debug)]
pub(super) struct Automaton {
    nodes: Vec<Node>,
    /// Where each byte leads from the root.
    first: [State; 256],
}

impl Automaton {
    pub(super) fn new(patterns: &[Vec<u8>]) -> Self {
        let root = Node {
            byte: 0,
            child: NONE,
            sibling: NONE,
            fallback: ROOT,
            depth: 0,
            longest: 0,
        };
        let mut automaton = Self {
            nodes: vec![root],
            first: [ROOT; 256],
        };
        for pattern in patterns {
            automaton.add(pattern);
        }
        automaton.link();
        automaton
    }

    fn add(&mut self, pattern: &[u8]) {
        let mut at = ROOT;
        for byte in pattern {
            at = self
                .child(at, *byte)
                .unwrap_or_else(|| self.grow(at, *byte));
        }
        self.nodes[at as usize].longest = self.nodes[at as usize].depth;
    }

    fn grow(&mut self, parent: State, byte: u8) -> State {
        let new = u32::try_from(self.nodes.len()).expect("patterns are far below 4 GiB");
        let above = self.nodes[parent as usize];
        self.nodes.push(Node {
            byte,
            child: NONE,
            sibling: above.child,
            fallback: ROOT,
            depth: above.depth + 1,
            longest: 0,
        });
        self.nodes[parent as usize].child = new;
        if parent == ROOT {
            self.first[usize::from(byte)] = new;
        }
        new
    }

    /// Level by level: a fallback is nearer to the root than what falls back.
    fn link(&mut self) {
        let mut level = vec![ROOT];
        while !level.is_empty() {
            let mut next = Vec::new();
            for parent in level {
                let mut child = self.nodes[parent as usize].child;
                while child != NONE {
                    let node = self.nodes[child as usize];
                    let fallback = if parent == ROOT {
                        ROOT
                    } else {
                        self.step(self.nodes[parent as usize].fallback, node.byte)
                    };
                    let inherited = self.nodes[fallback as usize].longest;
                    let linked = &mut self.nodes[child as usize];
                    linked.fallback = fallback;
                    linked.longest = linked.longest.max(inherited);
                    next.push(child);
                    child = node.sibling;
                }
            }
            level = next;
        }
    }

    fn child(&self, state: State, byte: u8) -> Option<State> {
        let mut child = self.nodes[state as usize].child;
        while child != NONE {
            let node = &self.nodes[child as usize];
            if node.byte == byte {
                return Some(child);
            }
            child = node.sibling;
        }
        None
    }

    /// Where one more byte leads.
    pub(super) fn step(&self, mut state: State, byte: u8) -> State {
        while state != ROOT {
            if let Some(child) = self.child(state, byte) {
                return child;
            }
            state = self.nodes[state as usize].fallback;
        }
        self.first[usize::from(byte)]
    }

    /// Whether a pattern begins with this byte.
    pub(super) fn begins(&self, byte: u8) -> bool {
        self.first[usize::from(byte)] != ROOT
    }

    /// How many of the last bytes may be the beginning of a pattern.
    pub(super) fn depth(&self, state: State) -> usize {
        self.nodes[state as usize].depth as usize
    }

    /// The length of the longest pattern that ends with the last byte; 0 for none.
    pub(super) fn longest(&self, state: State) -> usize {
        self.nodes[state as usize].longest as usize
    }
}
