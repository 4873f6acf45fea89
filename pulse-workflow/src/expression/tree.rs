//! The expressions that pulse evaluates, as a tree of their own.
//!
//! Shapes only. The parser's tree is turned into this one in `compile` and never seen again.

use super::Root;

/// One node, with its place in the source in bytes.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    String(Box<str>),
    /// Texts around values: always one text more than values.
    Template {
        texts: Vec<Box<str>>,
        values: Vec<Node>,
    },
    Root(Root),
    /// One step by its id, so that the others need not be built.
    Step(Box<str>),
    /// A parameter of an arrow function, by its place on the stack.
    Local(usize),
    Array(Vec<Item>),
    Object(Vec<(Box<str>, Node)>),
    Member {
        object: Box<Node>,
        property: Box<str>,
        reach: Reach,
    },
    Index {
        object: Box<Node>,
        index: Box<Node>,
        reach: Reach,
    },
    /// Where `?.` stops when it finds nothing.
    Chain(Box<Node>),
    Method {
        object: Box<Node>,
        method: Method,
        arguments: Vec<Argument>,
        reach: Reach,
    },
    Call {
        function: Function,
        arguments: Vec<Node>,
    },
    Status(Status),
    Unary {
        operator: Unary,
        operand: Box<Node>,
    },
    Binary {
        operator: Binary,
        left: Box<Node>,
        right: Box<Node>,
    },
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Coalesce(Box<Node>, Box<Node>),
    Choose {
        test: Box<Node>,
        yes: Box<Node>,
        no: Box<Node>,
    },
}

/// Whether a property is read with `.` or with `?.`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Direct,
    IfPresent,
}

impl From<bool> for Reach {
    fn from(optional: bool) -> Self {
        if optional {
            Self::IfPresent
        } else {
            Self::Direct
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) node: Node,
    pub(super) spread: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Argument {
    Value(Node),
    Callback(Callback),
}

/// What `filter` and its kin call for each item.
#[derive(Clone, Debug)]
pub(super) enum Callback {
    Arrow { parameters: usize, body: Box<Node> },
    Function(Function),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Success,
    Failure,
    Always,
    Cancelled,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unary {
    Not,
    Plus,
    Minus,
    Typeof,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Equal,
    NotEqual,
    StrictEqual,
    StrictNotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    In,
}

impl Binary {
    /// Whether the result is true or false, not a number or text.
    pub(super) const fn compares(self) -> bool {
        match self {
            Self::Equal
            | Self::NotEqual
            | Self::StrictEqual
            | Self::StrictNotEqual
            | Self::Less
            | Self::LessEqual
            | Self::Greater
            | Self::GreaterEqual
            | Self::In => true,
            Self::Add
            | Self::Subtract
            | Self::Multiply
            | Self::Divide
            | Self::Remainder
            | Self::Power => false,
        }
    }
}

macro_rules! names {
    ($(#[$meta:meta])* $kind:ident { $($variant:ident = $name:literal [$least:literal, $most:literal],)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum $kind { $($variant,)* }

        impl $kind {
            pub(super) const NAMES: &'static [&'static str] = &[$($name,)*];

            pub(super) fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// The fewest and the most arguments it takes.
            pub(super) const fn arguments(self) -> (usize, usize) {
                match self { $(Self::$variant => ($least, $most),)* }
            }

            pub(super) const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

names! {
    /// The methods of strings, lists and numbers that expressions may call.
    Method {
        At = "at" [0, 1],
        CharAt = "charAt" [0, 1],
        Concat = "concat" [0, 8],
        EndsWith = "endsWith" [1, 1],
        Every = "every" [1, 1],
        Filter = "filter" [1, 1],
        Find = "find" [1, 1],
        FindIndex = "findIndex" [1, 1],
        Flat = "flat" [0, 0],
        FlatMap = "flatMap" [1, 1],
        Includes = "includes" [1, 1],
        IndexOf = "indexOf" [1, 1],
        Join = "join" [0, 1],
        LastIndexOf = "lastIndexOf" [1, 1],
        Map = "map" [1, 1],
        PadEnd = "padEnd" [1, 2],
        PadStart = "padStart" [1, 2],
        Reduce = "reduce" [1, 2],
        Repeat = "repeat" [1, 1],
        Replace = "replace" [2, 2],
        ReplaceAll = "replaceAll" [2, 2],
        Slice = "slice" [0, 2],
        Some = "some" [1, 1],
        Split = "split" [1, 2],
        StartsWith = "startsWith" [1, 1],
        Substring = "substring" [1, 2],
        ToLowerCase = "toLowerCase" [0, 0],
        ToString = "toString" [0, 0],
        ToUpperCase = "toUpperCase" [0, 0],
        Trim = "trim" [0, 0],
        TrimEnd = "trimEnd" [0, 0],
        TrimStart = "trimStart" [0, 0],
    }
}

names! {
    /// The functions that expressions may call by name.
    Function {
        Boolean = "Boolean" [1, 1],
        Number = "Number" [1, 1],
        String = "String" [1, 1],
        IsArray = "Array.isArray" [1, 1],
        Abs = "Math.abs" [1, 1],
        Ceil = "Math.ceil" [1, 1],
        Floor = "Math.floor" [1, 1],
        Max = "Math.max" [0, 8],
        Min = "Math.min" [0, 8],
        Round = "Math.round" [1, 1],
        Trunc = "Math.trunc" [1, 1],
        IsNaN = "Number.isNaN" [1, 1],
        IsInteger = "Number.isInteger" [1, 1],
        Entries = "Object.entries" [1, 1],
        Keys = "Object.keys" [1, 1],
        Values = "Object.values" [1, 1],
    }
}

impl Method {
    /// Whether its first argument is a function.
    pub(super) const fn takes_callback(self) -> bool {
        matches!(
            self,
            Self::Every
                | Self::Filter
                | Self::Find
                | Self::FindIndex
                | Self::FlatMap
                | Self::Map
                | Self::Reduce
                | Self::Some
        )
    }
}
