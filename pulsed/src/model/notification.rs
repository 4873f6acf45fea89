//! What a notification says, and which ways a channel may have.
//!
//! Pure: values of secrets are looked up, and messages sent, elsewhere.

use jiff::Timestamp;
use pulse_api::{
    http::notifications::{ChannelSpec, EmailSpec, HookSpec, StartSpec, WebhookSpec},
    status::{ChannelKind, ExecutionStatus, NotificationEvent},
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::monitor::UP_AGAIN;

/// How a channel reaches people.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way<'a> {
    Slack(&'a HookSpec),
    Discord(&'a HookSpec),
    Webhook(&'a WebhookSpec),
    Email(&'a EmailSpec),
    Start(&'a StartSpec),
}

impl<'a> Way<'a> {
    /// The only way that a channel has; nothing where it has none, or several.
    pub(crate) fn of(spec: &'a ChannelSpec) -> Option<Self> {
        let ways = [
            spec.slack.as_ref().map(Self::Slack),
            spec.discord.as_ref().map(Self::Discord),
            spec.webhook.as_ref().map(Self::Webhook),
            spec.email.as_ref().map(Self::Email),
            spec.start.as_ref().map(Self::Start),
        ];
        let mut ways = ways.into_iter().flatten();
        let only = ways.next();
        only.filter(|_| ways.next().is_none())
    }

    pub(crate) fn kind(self) -> ChannelKind {
        match self {
            Self::Slack(_) => ChannelKind::Slack,
            Self::Discord(_) => ChannelKind::Discord,
            Self::Webhook(_) => ChannelKind::Webhook,
            Self::Email(_) => ChannelKind::Email,
            Self::Start(_) => ChannelKind::Workflow,
        }
    }
}

/// What is told, with everything that is known of it.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    pub(crate) id: Uuid,
    pub(crate) channel: String,
    pub(crate) event: NotificationEvent,
    pub(crate) at: Timestamp,
    /// None for a test.
    pub(crate) execution: Option<About>,
    pub(crate) step: Option<String>,
    /// What the step says.
    pub(crate) message: Option<String>,
    pub(crate) prompt: Option<Asked>,
    pub(crate) incident: Option<Incident>,
}

/// The execution that a notification is about.
#[derive(Debug, Clone)]
pub(crate) struct About {
    pub(crate) id: Uuid,
    pub(crate) number: i64,
    pub(crate) workflow: Option<String>,
    pub(crate) status: ExecutionStatus,
    pub(crate) outcome: Option<String>,
    pub(crate) started_by: String,
    pub(crate) reason: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) completed_at: Option<Timestamp>,
    /// The path of the first step that failed.
    pub(crate) failed_step: Option<String>,
}

/// The prompt that a notification is about.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) number: i64,
    pub(crate) message: String,
    pub(crate) options: Vec<String>,
}

/// The incident that a notification is about.
#[derive(Debug, Clone)]
pub(crate) struct Incident {
    pub(crate) number: i64,
    pub(crate) monitor: String,
    pub(crate) cause: String,
    pub(crate) regions: Vec<String>,
    pub(crate) opened_at: Timestamp,
    pub(crate) closed_at: Option<Timestamp>,
    pub(crate) closed_because: Option<String>,
}

impl Incident {
    fn shown(&self) -> Value {
        json!({
            "number": self.number,
            "monitor": self.monitor,
            "cause": self.cause,
            "regions": self.regions,
            "opened_at": self.opened_at,
            "closed_at": self.closed_at,
            "closed_because": self.closed_because,
        })
    }

    /// `site is down in fra and iad: HTTP 503`.
    fn opened(&self) -> String {
        format!(
            "{} is down in {}: {}",
            self.monitor,
            self.regions.join(", "),
            self.cause
        )
    }

    /// `site is up again after 90 s`, or that nobody can say it any more.
    fn closed(&self) -> String {
        let end = self.closed_at.unwrap_or(self.opened_at);
        let seconds = end.as_second() - self.opened_at.as_second();
        let because = self.closed_because.as_deref();
        match because.filter(|because| *because != UP_AGAIN) {
            Some(because) => format!(
                "{} is watched no more as it was, after it was down for {seconds} s: {because}",
                self.monitor
            ),
            None => format!("{} is up again after {seconds} s", self.monitor),
        }
    }
}

impl Asked {
    fn shown(&self) -> Value {
        json!({
            "number": self.number,
            "message": self.message,
            "options": self.options,
        })
    }
}

impl About {
    fn shown(&self) -> Value {
        json!({
            "id": self.id,
            "number": self.number,
            "workflow": self.workflow,
            "status": self.status,
            "outcome": self.outcome,
            "started_by": self.started_by,
            "reason": self.reason,
            "created_at": self.created_at,
            "completed_at": self.completed_at,
            "failed_step": self.failed_step,
        })
    }

    /// `deploy #42`.
    fn name(&self) -> String {
        match &self.workflow {
            Some(workflow) => format!("{workflow} #{}", self.number),
            None => format!("run #{}", self.number),
        }
    }
}

impl Notice {
    /// One line that says it, of any length.
    pub(crate) fn title(&self) -> String {
        let name = self.execution.as_ref().map(About::name);
        let name = name.unwrap_or_else(|| "an execution".to_owned());
        match self.event {
            NotificationEvent::Completed => format!("{name} completed"),
            NotificationEvent::Failed => {
                let about = self.execution.as_ref();
                let step = about.and_then(|about| about.failed_step.as_ref());
                let step = step.map(|step| format!(" at step {step}"));
                format!("{name} failed{}", step.unwrap_or_default())
            }
            NotificationEvent::Cancelled => format!("{name} was cancelled"),
            NotificationEvent::TimedOut => format!("{name} ran out of time"),
            NotificationEvent::Prompt => format!("{name} asks"),
            NotificationEvent::Step => format!("{name} says"),
            NotificationEvent::Test => format!("a test of the channel {}", self.channel),
            NotificationEvent::MonitorDown => {
                let opened = self.incident.as_ref().map(Incident::opened);
                opened.unwrap_or_else(|| "a monitor is down".to_owned())
            }
            NotificationEvent::MonitorUp => {
                let closed = self.incident.as_ref().map(Incident::closed);
                closed.unwrap_or_else(|| "a monitor is up again".to_owned())
            }
        }
    }

    /// All that it says, for people.
    pub(crate) fn text(&self) -> String {
        if let Some(message) = &self.message {
            return message.clone();
        }
        let title = self.title();
        match &self.prompt {
            Some(asked) => format!(
                "{title}: {} [{}]\nanswer with: pulsectl prompt answer {}",
                asked.message,
                asked.options.join(", "),
                asked.number
            ),
            None => title,
        }
    }

    /// What a webhook gets.
    pub(crate) fn body(&self) -> Value {
        json!({
            "id": self.id,
            "event": self.event,
            "channel": self.channel,
            "at": self.at,
            "text": self.text(),
            "execution": self.execution.as_ref().map(About::shown),
            "step": self.step,
            "prompt": self.prompt.as_ref().map(Asked::shown),
            "incident": self.incident.as_ref().map(Incident::shown),
        })
    }

    /// What the expressions of a document see that waits for such an event.
    pub(crate) fn seen(&self) -> Value {
        json!({
            "on": self.event,
            "at": self.at,
            "text": self.text(),
            "execution": self.execution.as_ref().map(About::shown),
            "prompt": self.prompt.as_ref().map(Asked::shown),
            "incident": self.incident.as_ref().map(Incident::shown),
        })
    }

    /// What Slack gets: three characters mean something in its texts.
    pub(crate) fn for_slack(&self) -> Value {
        let text = self.text().replace('&', "&amp;");
        let text = text.replace('<', "&lt;").replace('>', "&gt;");
        json!({"text": cut(&text, LONGEST_IN_SLACK)})
    }

    /// What Discord gets: nobody is called by it, whatever the text says.
    pub(crate) fn for_discord(&self) -> Value {
        json!({
            "content": cut(&self.text(), LONGEST_IN_DISCORD),
            "allowed_mentions": {"parse": []},
        })
    }

    /// What a workflow may be given of it.
    pub(crate) fn inputs(&self) -> Map<String, Value> {
        let about = self.execution.as_ref();
        let incident = self.incident.as_ref();
        let text = |value: Option<String>| value.map(Value::String);
        let all = [
            ("event", text(Some(self.event.to_string()))),
            ("text", text(Some(self.text()))),
            ("channel", text(Some(self.channel.clone()))),
            ("notification", text(Some(self.id.to_string()))),
            (
                "execution",
                text(about.map(|about| about.number.to_string())),
            ),
            (
                "workflow",
                text(about.and_then(|about| about.workflow.clone())),
            ),
            ("status", text(about.map(|about| about.status.to_string()))),
            (
                "started_by",
                text(about.map(|about| about.started_by.clone())),
            ),
            ("step", text(self.step.clone())),
            (
                "prompt",
                text(self.prompt.as_ref().map(|asked| asked.number.to_string())),
            ),
            ("monitor", text(incident.map(|it| it.monitor.clone()))),
            ("incident", text(incident.map(|it| it.number.to_string()))),
            ("cause", text(incident.map(|it| it.cause.clone()))),
        ];
        let known = all.into_iter();
        known
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect()
    }
}

/// How many characters Slack and Discord take.
const LONGEST_IN_SLACK: usize = 12_000;
const LONGEST_IN_DISCORD: usize = 2_000;

/// The beginning of a text, which says that it is not all.
fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest - 1).collect();
    kept + "…"
}

/// When something is tried again, after so many tries: twice as late each time, up to ten minutes.
pub(crate) fn pause_ms(first_ms: u64, attempts: u32) -> u64 {
    const LONGEST_MS: u64 = 600_000;
    let doublings = attempts.saturating_sub(1).min(20);
    (first_ms << doublings).min(LONGEST_MS.max(first_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(event: NotificationEvent) -> Notice {
        Notice {
            id: Uuid::from_u128(7),
            channel: "ops".to_owned(),
            event,
            at: Timestamp::UNIX_EPOCH,
            execution: Some(About {
                id: Uuid::from_u128(8),
                number: 42,
                workflow: Some("deploy".to_owned()),
                status: ExecutionStatus::Failed,
                outcome: None,
                started_by: "ada".to_owned(),
                reason: None,
                created_at: Timestamp::UNIX_EPOCH,
                completed_at: None,
                failed_step: Some("build".to_owned()),
            }),
            step: None,
            message: None,
            prompt: None,
            incident: None,
        }
    }

    #[test]
    fn a_text_says_what_happened_and_what_to_do() {
        let failed = notice(NotificationEvent::Failed);
        let asks = Notice {
            prompt: Some(Asked {
                number: 9,
                message: "Go?".to_owned(),
                options: vec!["Yes".to_owned(), "No".to_owned()],
            }),
            ..notice(NotificationEvent::Prompt)
        };

        assert_eq!(failed.text(), "deploy #42 failed at step build");
        assert_eq!(
            asks.text(),
            "deploy #42 asks: Go? [Yes, No]\nanswer with: pulsectl prompt answer 9"
        );
    }

    #[test]
    fn a_text_calls_nobody_and_links_nowhere_by_itself() {
        let says = Notice {
            message: Some("<!channel> & <https://x|y> @everyone".to_owned()),
            ..notice(NotificationEvent::Step)
        };

        assert_eq!(
            says.for_slack()["text"],
            "&lt;!channel&gt; &amp; &lt;https://x|y&gt; @everyone"
        );
        assert_eq!(says.for_discord()["allowed_mentions"], json!({"parse": []}));
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_where_a_character_ends() {
        let says = Notice {
            message: Some("ü".repeat(3_000)),
            ..notice(NotificationEvent::Step)
        };

        let content = says.for_discord()["content"].as_str().unwrap().to_owned();
        assert_eq!(content.chars().count(), 2_000);
        assert!(content.ends_with('…'));
    }

    #[test]
    fn a_channel_has_one_way() {
        let hook = HookSpec {
            url: pulse_api::http::notifications::SecretName {
                secret: "URL".to_owned(),
            },
        };
        let mut spec = ChannelSpec {
            slack: Some(hook.clone()),
            ..ChannelSpec::default()
        };

        assert_eq!(Way::of(&spec).map(Way::kind), Some(ChannelKind::Slack));
        spec.discord = Some(hook);
        assert!(Way::of(&spec).is_none());
        assert!(Way::of(&ChannelSpec::default()).is_none());
    }

    #[test]
    fn pauses_double_up_to_ten_minutes() {
        let pauses: Vec<u64> = [1, 2, 3, 9, 40].map(|n| pause_ms(2_000, n)).into();

        assert_eq!(pauses, [2_000, 4_000, 8_000, 512_000, 600_000]);
    }

    #[test]
    fn documents_wait_for_the_events_that_channels_want() {
        for event in NotificationEvent::ALL {
            let is_said = matches!(event, NotificationEvent::Step | NotificationEvent::Test);
            let waited_for = pulse_workflow::EventKind::parse(event.as_str()).is_some();
            assert_eq!(waited_for, !is_said, "{event}");
        }
    }
}
