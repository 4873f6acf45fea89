//! Notifications: the channels that people are told things by, and what came of what was told.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::status::{ChannelKind, NotificationEvent, NotificationStatus};

/// The body of `PUT /notifications/channels/{name}`: exactly one of `slack`, `discord`, `webhook`, `email`
/// and `start` says how it reaches people.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelSpec {
    /// The name in the path, where it is given at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A message in a channel of Slack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slack: Option<HookSpec>,
    /// A message in a channel of Discord.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discord: Option<HookSpec>,
    /// JSON by POST.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook: Option<WebhookSpec>,
    /// A mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailSpec>,
    /// A workflow that is started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<StartSpec>,
    /// Of what it is told by itself: `completed`, `failed`, `cancelled`, `timed_out`, `prompt`, `monitor_down`,
    /// `monitor_up`. Steps of type `notify` reach it without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<NotificationEvent>,
    /// Of which workflows; all of them where the list is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workflows: Vec<String>,
    /// Of which monitors; all of them where the list is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub monitors: Vec<String>,
}

/// Where Slack or Discord takes messages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HookSpec {
    /// The URL of the incoming webhook: whoever knows it may write there.
    pub url: SecretName,
}

/// Where JSON is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookSpec {
    pub url: Address,
    /// What each body is signed with, in the header `X-Pulse-Signature: sha256=…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_with: Option<SecretName>,
}

/// A URL, as it is or as a secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a URL or {secret: NAME}")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Address {
    /// A URL without a user, a password and parameters: it is shown to everybody who sees the channel.
    Plain(String),
    Secret(SecretName),
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Plain(url) => f.write_str(url),
            Self::Secret(name) => write!(f, "the secret {}", name.secret),
        }
    }
}

/// A stored secret, by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecretName {
    pub secret: String,
}

/// A mail, and the server that takes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmailSpec {
    /// The name of the server that takes mail.
    pub server: String,
    /// 465 with `tls: tls`, 587 with `starttls`, 25 with `none`, unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    #[serde(default)]
    pub tls: MailTls,
    /// Who signs in; nobody does without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<SecretName>,
    pub from: String,
    pub to: Vec<String>,
}

/// How the way to a mail server is protected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MailTls {
    /// From a greeting in plain text on, before anything is said; a server without it gets no mail.
    #[default]
    Starttls,
    /// From the first byte on.
    Tls,
    /// Not at all. Nobody can sign in so.
    None,
}

/// A workflow that is started for each notification.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StartSpec {
    /// Its name. Of `event`, `text`, `channel`, `notification`, `execution`, `workflow`, `status`, `started_by`,
    /// `step`, `prompt`, `monitor`, `incident` and `cause` it is given those that are inputs of it.
    pub workflow: String,
    /// Further inputs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub inputs: BTreeMap<String, String>,
}

/// A channel.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelView {
    pub name: String,
    pub kind: ChannelKind,
    /// What was applied, but for workflows that the reader may not see.
    pub spec: ChannelSpec,
    /// How many notifications wait for it, and how many were given up.
    pub waiting: u64,
    pub failed: u64,
    /// The newest notification that was tried.
    #[serde(default)]
    pub last: Option<LastTry>,
    pub created_by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    pub updated_by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub updated_at: Timestamp,
}

/// How the newest notification of a channel stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastTry {
    pub status: NotificationStatus,
    #[serde(default)]
    pub error: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Timestamp,
}

/// What was to be told, and what came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotificationView {
    /// What the receiver knows it by.
    pub id: Uuid,
    pub number: i64,
    pub channel: String,
    pub event: NotificationEvent,
    /// The number of the execution that it is about, where it is about one.
    #[serde(default)]
    pub execution: Option<i64>,
    /// The number of the incident that it is about.
    #[serde(default)]
    pub incident: Option<i64>,
    /// The path of the step whose message it is.
    #[serde(default)]
    pub step: Option<String>,
    /// The number of the prompt that it is about.
    #[serde(default)]
    pub prompt: Option<i64>,
    pub status: NotificationStatus,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the newest try did not succeed.
    #[serde(default)]
    pub last_error: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    /// When it is tried next.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub due_at: Option<Timestamp>,
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ended_at: Option<Timestamp>,
}
