//! What a delivery from outside is, and whether it is genuine.
//!
//! Pure: secrets, the time of day and the rows are brought along.

use std::{borrow::Cow, collections::BTreeMap};

use jiff::Timestamp;
use pulse_api::{SensorId, WorkflowId, http::sensors, status::SensorKind};
use ring::hmac;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::token::unhex;

/// A sensor, as its row says.
#[derive(Debug, Clone)]
pub(crate) struct Sensor {
    pub(crate) id: SensorId,
    pub(crate) workflow: WorkflowId,
    /// The workflow's name and its own.
    pub(crate) name: (String, String),
    pub(crate) kind: SensorKind,
    pub(crate) secrets: Vec<String>,
    pub(crate) paused_by: Option<String>,
}

impl Sensor {
    /// What people call it.
    pub(crate) fn full_name(&self) -> String {
        format!("{}.{}", self.name.0, self.name.1)
    }
}

/// How far the time of a signature may be from ours, in seconds.
const WINDOW: i64 = 300;
/// The longest of what a sender says that is kept, in characters.
const KEPT: usize = 100;
/// Headers of these are nothing for expressions: what they write is shown.
const PRIVATE: [&str; 6] = ["signature", "token", "secret", "key", "auth", "forwarded"];

/// What came in.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    /// By their names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

/// What a form begins with whose field `payload` holds the payload. No JSON does.
const FORM: &[u8] = b"payload=";

/// What shows that whoever sent a delivery knows a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    /// This is the code of these bytes.
    Code { code: Vec<u8>, of: Vec<u8> },
    /// They say it, with these bytes.
    Said { secret: Vec<u8>, with: Vec<u8> },
}

impl Proof {
    /// Whether it was made with this secret; takes as long where it was not.
    pub(crate) fn is_by(&self, secret: &[u8]) -> bool {
        match self {
            Self::Code { code, of } => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
                hmac::verify(&key, of, code).is_ok()
            }
            Self::Said { secret: said, with } => {
                // The bytes are part of both, so that it takes as long as a code of them.
                let begun = Sha256::new_with_prefix(with);
                let of = |text: &[u8]| begun.clone().chain_update(text).finalize();
                of(said).ct_eq(&of(secret)).into()
            }
        }
    }

    /// What tells this delivery from every other: that which the proof vouches for. Whatever else comes
    /// with it could be changed by who has seen it once.
    pub(crate) fn digest(&self) -> Vec<u8> {
        let (Self::Code { of, .. } | Self::Said { with: of, .. }) = self;
        Sha256::digest(of).to_vec()
    }
}

impl Delivery {
    /// What its sender offers as a proof, in the way of one of these kinds. Where that is nothing, or too
    /// old, it is a code that no secret makes: to find that out takes as long.
    pub(crate) fn proof(&self, kinds: &[SensorKind], now: Timestamp) -> Proof {
        let mut offered = kinds.iter().filter_map(|kind| self.offered(*kind, now));
        offered.next().unwrap_or_else(|| Proof::Code {
            code: Vec::new(),
            of: self.body.clone(),
        })
    }

    fn offered(&self, kind: SensorKind, now: Timestamp) -> Option<Proof> {
        let header = |name: &str| self.headers.get(name).map(String::as_str);
        match kind {
            // What happens here nobody delivers: that it has, is written by who saw it.
            SensorKind::Event => None,
            SensorKind::Gitea => Some(Proof::Code {
                code: unhex(header("x-gitea-signature")?)?,
                // It signs what the form holds.
                of: self.content().into_owned(),
            }),
            SensorKind::Github => Some(Proof::Code {
                code: unhex(header("x-hub-signature-256")?.strip_prefix("sha256=")?)?,
                of: self.body.clone(),
            }),
            SensorKind::Gitlab => {
                // Without one, two pushes of the same would be one: nothing in the body tells them apart.
                let key = header("idempotency-key").unwrap_or_default();
                Some(Proof::Said {
                    secret: header("x-gitlab-token")?.as_bytes().to_vec(),
                    with: [key.as_bytes(), b"\0", &self.body].concat(),
                })
            }
            SensorKind::Generic => {
                let signature = header(&sensors::SIGNATURE_HEADER.to_ascii_lowercase())?;
                let (at, code) = signature.strip_prefix("t=")?.split_once(",v1=")?;
                let seconds: i64 = at.parse().ok()?;
                if now.as_second().abs_diff(seconds) > WINDOW.unsigned_abs() {
                    return None;
                }
                Some(Proof::Code {
                    code: unhex(code)?,
                    of: [at.as_bytes(), b".", &self.body].concat(),
                })
            }
        }
    }

    /// What it says has happened, and what it calls itself; nobody vouches for that.
    pub(crate) fn said(&self, kind: SensorKind) -> (Option<String>, Option<String>) {
        let (event, id) = match kind {
            SensorKind::Gitea => ("x-gitea-event", "x-gitea-delivery"),
            SensorKind::Github => ("x-github-event", "x-github-delivery"),
            SensorKind::Gitlab => ("x-gitlab-event", "x-gitlab-event-uuid"),
            SensorKind::Generic | SensorKind::Event => {
                (sensors::EVENT_HEADER, sensors::DELIVERY_HEADER)
            }
        };
        let said = |name: &str| {
            let text = self.headers.get(&name.to_ascii_lowercase())?;
            Some(text.chars().take(KEPT).collect())
        };
        (said(event), said(id))
    }

    /// The headers that expressions may look at.
    pub(crate) fn open_headers(&self) -> Map<String, Value> {
        let is_open =
            |name: &str| name.starts_with("x-") && !PRIVATE.iter().any(|word| name.contains(word));
        self.headers
            .iter()
            .filter(|(name, _)| is_open(name))
            .map(|(name, value)| (name.clone(), Value::String(value.clone())))
            .collect()
    }

    /// What it holds.
    pub(crate) fn payload(&self) -> Result<Value, String> {
        serde_json::from_slice(&self.content())
            .map_err(|error| format!("the payload is not JSON: {error}"))
    }

    /// The bytes of the payload. Whether they are in a form is said by the body, which is signed, and not by
    /// `Content-Type`, which is not.
    fn content(&self) -> Cow<'_, [u8]> {
        let mut fields = form_urlencoded::parse(&self.body);
        match fields.next().filter(|_| self.body.starts_with(FORM)) {
            Some((_, text)) => Cow::Owned(text.into_owned().into_bytes()),
            None => Cow::Borrowed(&self.body),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"It's a Secret to Everybody";
    /// The example of GitHub's own documentation.
    const CODE: &str = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    fn now() -> Timestamp {
        "2026-11-23T10:00:00Z".parse().unwrap()
    }

    fn delivery(body: &str, headers: &[(&str, &str)]) -> Delivery {
        Delivery {
            headers: headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: body.as_bytes().to_vec(),
        }
    }

    fn is_genuine(kind: SensorKind, delivery: &Delivery) -> bool {
        delivery.proof(&[kind], now()).is_by(SECRET)
    }

    #[test]
    fn what_is_signed_as_github_says_is_genuine() {
        let signed = format!("sha256={CODE}");
        let of = |body: &str, code: &str| delivery(body, &[("x-hub-signature-256", code)]);

        assert!(is_genuine(
            SensorKind::Github,
            &of("Hello, World!", &signed)
        ));
        assert!(!is_genuine(
            SensorKind::Github,
            &of("Hello, World?", &signed)
        ));
        assert!(!is_genuine(SensorKind::Github, &of("Hello, World!", CODE)));
        assert!(!is_genuine(
            SensorKind::Github,
            &of("Hello, World!", "sha256=")
        ));
        assert!(!is_genuine(
            SensorKind::Gitea,
            &of("Hello, World!", &signed)
        ));
    }

    #[test]
    fn gitea_signs_what_a_form_holds_and_github_the_form() {
        let body = "payload=Hello%2C+World%21";
        let gitea = [("x-gitea-signature", CODE)];
        let signed = format!("sha256={CODE}");
        let github = [("x-hub-signature-256", signed.as_str())];

        assert!(is_genuine(SensorKind::Gitea, &delivery(body, &gitea)));
        assert!(!is_genuine(SensorKind::Github, &delivery(body, &github)));
        assert!(!is_genuine(
            SensorKind::Gitea,
            &delivery(&format!("other=1&{body}"), &gitea)
        ));
    }

    #[test]
    fn a_form_is_what_begins_as_one() {
        let content = |body: &str| {
            let delivery = delivery(body, &[]);
            String::from_utf8(delivery.content().into_owned()).unwrap()
        };

        assert_eq!(content("payload=%7B%7D&payload=%5B%5D"), "{}");
        for body in [
            "{\"a\": \"x&payload=%7B%7D&y\"}",
            "other=1&payload=%7B%7D",
            " payload={}",
        ] {
            assert_eq!(content(body), body);
        }
    }

    #[test]
    fn who_offers_no_proof_is_refused_after_the_same_work() {
        let empty = delivery("{}", &[("x-hub-signature-256", "sha256=")]);

        for kinds in [SensorKind::ALL, &[SensorKind::Github], &[]] {
            let Proof::Code { code, of } = empty.proof(kinds, now()) else {
                panic!("it says no secret");
            };
            assert_eq!((code.len(), of.as_slice()), (0, b"{}".as_slice()));
            assert!(!empty.proof(kinds, now()).is_by(b""));
        }
    }

    #[test]
    fn a_signature_with_a_time_is_good_for_five_minutes_either_way() {
        let signed = |seconds: i64| {
            let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET);
            let code = hmac::sign(&key, format!("{seconds}.{{}}").as_bytes());
            let code = super::super::token::hex(code.as_ref());
            let header = format!("t={seconds},v1={code}");
            let delivery = delivery("{}", &[("x-pulse-signature", &header)]);
            is_genuine(SensorKind::Generic, &delivery)
        };

        let now = now().as_second();
        assert!(signed(now) && signed(now - WINDOW) && signed(now + WINDOW));
        assert!(!signed(now - WINDOW - 1) && !signed(now + WINDOW + 1));
        assert!(!signed(i64::MIN) && !signed(i64::MAX));
    }

    #[test]
    fn gitlab_shows_the_secret_itself() {
        let of = |token: &str| delivery("{}", &[("x-gitlab-token", token)]);

        assert!(is_genuine(
            SensorKind::Gitlab,
            &of("It's a Secret to Everybody")
        ));
        assert!(!is_genuine(SensorKind::Gitlab, &of("It's a Secret")));
        assert!(!is_genuine(SensorKind::Gitlab, &of("")));
    }

    #[test]
    fn a_key_of_gitlab_and_the_body_tell_deliveries_apart_together() {
        let of = |key: &str, body: &str| {
            let headers = [("x-gitlab-token", "s3cret"), ("idempotency-key", key)];
            let proof = delivery(body, &headers).proof(&[SensorKind::Gitlab], now());
            proof.digest()
        };

        assert_eq!(of("one", "{}"), of("one", "{}"));
        assert_ne!(of("one", "{}"), of("two", "{}"));
        assert_ne!(of("one", "{}"), of("one", "[]"));
        assert_ne!(of("one", "{}"), of("on", "e{}"));
    }

    #[test]
    fn the_same_signed_bytes_are_the_same_delivery_whatever_it_is_called() {
        let of = |id: &str, body: &str| {
            let headers = [("x-gitea-signature", CODE), ("x-gitea-delivery", id)];
            let proof = delivery(body, &headers).proof(&[SensorKind::Gitea], now());
            proof.digest()
        };

        assert_eq!(of("one", "{}"), of("two", "{}"));
        assert_ne!(of("one", "{}"), of("one", "{} "));
    }

    #[test]
    fn no_header_that_shows_a_secret_is_for_expressions() {
        let headers = [
            ("x-gitlab-token", "s3cret"),
            ("x-hub-signature-256", "sha256=0"),
            ("x-api-key", "k"),
            ("cookie", "c"),
            ("authorization", "Bearer t"),
            ("x-forwarded-for", "192.0.2.1"),
            ("x-github-event", "push"),
        ];
        let open = delivery("{}", &headers).open_headers();

        assert_eq!(open.keys().collect::<Vec<_>>(), ["x-github-event"]);
    }
}
