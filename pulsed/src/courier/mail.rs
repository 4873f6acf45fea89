//! Sending mail.

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use pulse_api::{
    SecretText,
    http::notifications::{EmailSpec, MailTls},
};

use super::{Courier, LONGEST_TRY, Undelivered, quoted};
use crate::{causes::error_chain, model::notification::Notice};

/// Whether mail can be sent to it, or from it.
pub(crate) fn is_address(text: &str) -> bool {
    text.parse::<Mailbox>().is_ok()
}

/// The port of a mail server where nobody says another.
fn port(spec: &EmailSpec) -> u16 {
    spec.port.unwrap_or(match spec.tls {
        MailTls::Starttls => 587,
        MailTls::Tls => 465,
        MailTls::None => 25,
    })
}

impl Courier {
    /// Mails a notification; it is delivered once the server has taken it for everybody.
    pub(crate) async fn mail(
        &self,
        (spec, password): (&EmailSpec, Option<&SecretText>),
        notice: &Notice,
    ) -> Result<(), Undelivered> {
        let found = self.guarded.allows_all((&spec.server, port(spec))).await;
        found.map_err(|error| Undelivered::later(format!("{}: {error}", spec.server)))?;
        let message = written(spec, notice).map_err(Undelivered::Refused)?;
        let transport = transport(spec, password).map_err(Undelivered::later)?;
        match transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => {
                let secrets = password.map(SecretText::expose);
                let secrets: Vec<&str> = secrets.into_iter().collect();
                let why = quoted(&error_chain(&error), &secrets);
                let why = format!("{}: {why}", spec.server);
                Err(if error.is_permanent() {
                    Undelivered::Refused(why)
                } else {
                    Undelivered::later(why)
                })
            }
        }
    }
}

fn transport(
    spec: &EmailSpec,
    password: Option<&SecretText>,
) -> Result<AsyncSmtpTransport<Tokio1Executor>, String> {
    let parameters = || {
        TlsParameters::new(spec.server.clone()).map_err(|error| format!("{}: {error}", spec.server))
    };
    let tls = match spec.tls {
        MailTls::Starttls => Tls::Required(parameters()?),
        MailTls::Tls => Tls::Wrapper(parameters()?),
        MailTls::None => Tls::None,
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&spec.server)
        .port(port(spec))
        .tls(tls)
        .timeout(Some(LONGEST_TRY));
    if let (Some(user), Some(password)) = (&spec.user, password) {
        let credentials = Credentials::new(user.clone(), password.expose().to_owned());
        builder = builder.credentials(credentials);
    }
    Ok(builder.build())
}

/// The mail itself. Its id is that of the notification: a mailbox that gets it twice can tell.
fn written(spec: &EmailSpec, notice: &Notice) -> Result<Message, String> {
    let mailbox = |text: &String| {
        text.parse::<Mailbox>()
            .map_err(|error| format!("{text}: {error}"))
    };
    let subject: String = format!("[pulse] {}", notice.title())
        .chars()
        .take(180)
        .collect();
    let mut mail = Message::builder()
        .message_id(Some(format!("<{}@pulse>", notice.id)))
        .from(mailbox(&spec.from)?)
        .subject(subject)
        .header(ContentType::TEXT_PLAIN);
    for to in &spec.to {
        mail = mail.to(mailbox(to)?);
    }
    mail.body(notice.text()).map_err(|error| error.to_string())
}
