//! The interface as the server describes it: every operation, for tests that walk all of them.

use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use crate::{Client, World};

/// One operation of the interface.
#[derive(Debug, Clone)]
pub struct Operation {
    pub method: Method,
    pub path: String,
    /// Who may call it.
    pub access: String,
    /// Whether it is the same as another one, under a path of older clients.
    pub is_older: bool,
    /// Everything that the document says of it.
    pub about: Value,
}

/// Every operation of the interface.
///
/// # Panics
/// When the document lists too few to be true.
pub async fn operations(world: &World) -> Vec<Operation> {
    let document = world.anonymous().get("/openapi.json").await.is(200);
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, about) in methods.as_object().unwrap() {
            operations.push(Operation {
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                access: about["x-pulse-access"].as_str().unwrap().to_owned(),
                is_older: about["tags"][0] == "compatibility",
                about: about.clone(),
            });
        }
    }
    let own = operations.iter().filter(|operation| !operation.is_older);
    assert!(own.count() > 60, "only {} operations", operations.len());
    operations
}

/// The operations under their own paths.
pub async fn own_operations(world: &World) -> Vec<Operation> {
    let mut all = operations(world).await;
    all.retain(|operation| !operation.is_older);
    all
}

impl Operation {
    /// What it says of its parameters in this place.
    pub fn parameters(&self, place: &str) -> Vec<&Value> {
        let all = self.about["parameters"].as_array().into_iter().flatten();
        all.filter(|parameter| parameter["in"] == place).collect()
    }

    /// Its path, with this in the place of every parameter.
    pub fn path_of(&self, named: &str) -> String {
        let parts = self
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { named } else { part });
        parts.collect::<Vec<_>>().join("/")
    }

    /// A call of it on something that is not there, with this behind the `?`.
    pub fn request(&self, client: &Client, query: &str) -> RequestBuilder {
        let mark = if query.is_empty() { "" } else { "?" };
        let path = format!("{}{mark}{query}", self.path_of("nothing-here"));
        client.request_at(self.method.clone(), &path)
    }
}

impl std::fmt::Display for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}
