//! The audit trail: everything that was done is in it, once, and nobody can change it unnoticed.

mod chain;
pub(crate) mod entries;
mod reading;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
};
use serde_json::Value;

async fn entries(world: &World, query: &str) -> Vec<Value> {
    let page = world.admin().get(&format!("/audit?{query}")).await.is(200);
    page["items"].as_array().unwrap().clone()
}

/// Waits until everything is in the chain, and gives what a check of it says.
async fn verified(world: &World, query: &str) -> Value {
    let path = format!("/audit/verify{query}");
    eventually_async("a sealed trail", PATIENCE, async || {
        let found = world.admin().get(&path).await.is(200);
        if found["unsealed"] == 0 {
            Ok(found)
        } else {
            Err(found.to_string())
        }
    })
    .await
}
