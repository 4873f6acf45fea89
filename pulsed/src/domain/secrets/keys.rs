//! Which key is the right one: the file has them, the database knows which of them count.

use pulse_api::http::secrets::SecretText;

use crate::{
    app::App,
    key_file::{self, KeyFileError},
    model::seal::{Key, Keys, RANDOM},
    store::{
        self, StoreError, Tx,
        secret_inputs::{SealedInputs, subject},
        secrets::{KnownKey, Sealed},
    },
};

/// Why nothing can be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyTrouble {
    #[error(transparent)]
    File(#[from] KeyFileError),
    #[error("the key file of this server has not the key {0}, under which secrets are sealed")]
    WrongFile(String),
    #[error("the secret {0} does not open: its row was changed, or copied from another")]
    Broken(String),
    #[error(
        "the secret inputs of the execution do not open: their row was changed, or copied from another"
    )]
    BrokenInputs,
    #[error("could not read which keys there are")]
    Store(#[from] StoreError),
}

impl KeyTrouble {
    /// The failure of the store, where it is one.
    pub(in crate::domain) fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            Self::File(_) | Self::WrongFile(_) | Self::Broken(_) | Self::BrokenInputs => None,
        }
    }

    /// What to do next.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::File(error) => error.hint(),
            Self::WrongFile(_) => Some(
                "put that key file back; where it is lost, remove every secret (`pulsectl secret \
                 rm`) and set it anew"
                    .to_owned(),
            ),
            Self::Broken(name) => Some(format!("set it anew: pulsectl secret set {name}")),
            Self::BrokenInputs | Self::Store(_) => None,
        }
    }
}

/// The keys of this server.
pub(in crate::domain) fn own(app: &App) -> Result<Keys, KeyFileError> {
    key_file::read(app.config().secrets.key_file.as_deref())
}

/// The key to seal under, held until the transaction ends.
pub(in crate::domain) async fn to_seal_under(app: &App, tx: &mut Tx) -> Result<Key, KeyTrouble> {
    let mut known = store::secrets::current_key(tx).await?;
    // Read now that the key is held: a rotation puts its key into the file first.
    let mut keys = own(app)?;
    if known.is_none() {
        // The first secret of all. Somebody else's first one may be a moment faster.
        store::secrets::first_key(tx, introduce(keys.newest())?).await?;
        known = store::secrets::current_key(tx).await?;
        keys = own(app)?;
    }
    let known = known.ok_or(StoreError::Stale)?;
    if keys.find(&known.id).is_none() && !store::secrets::are_any(tx).await? {
        // The key is lost, and nothing is left that was sealed under it: a new beginning. Secrets
        // under an older key may be those that a rotation is about to seal anew.
        store::secrets::turn_to_key(tx, introduce(keys.newest())?).await?;
        return Ok(keys.newest().clone());
    }
    checked(&keys, &known).cloned()
}

/// The key by which calls are known again.
pub(in crate::domain) async fn to_recognise_by(app: &App, tx: &mut Tx) -> Result<Key, KeyTrouble> {
    let keys = own(app)?;
    let known = store::secrets::current_key(tx).await?;
    let key = known.and_then(|known| keys.find(&known.id));
    Ok(key.unwrap_or(keys.newest()).clone())
}

/// The keys of this server, which must have the one that counts; `None` where nothing is sealed.
pub(super) async fn to_open_with(app: &App, tx: &mut Tx) -> Result<Option<Keys>, KeyTrouble> {
    if !store::secrets::are_any(tx).await? {
        return Ok(None);
    }
    let known = store::secrets::current_key(tx).await?;
    let known = known.ok_or(StoreError::Stale)?;
    let keys = own(app)?;
    checked(&keys, &known)?;
    Ok(Some(keys))
}

/// The key of the file that the database means.
fn checked<'a>(keys: &'a Keys, known: &KnownKey) -> Result<&'a Key, KeyTrouble> {
    let key = keys.find(&known.id).filter(|key| key.made(&known.sentinel));
    key.ok_or_else(|| KeyTrouble::WrongFile(known.id.clone()))
}

/// Refuses a file that lacks the key which counts: whoever has that one could open nothing any more that
/// is sealed by way of such a file. Where there are no secrets, no key matters.
pub(super) async fn has_current(tx: &mut Tx, keys: &Keys) -> Result<(), KeyTrouble> {
    let Some(known) = store::secrets::hold_current_key(tx).await? else {
        return Ok(());
    };
    match checked(keys, &known) {
        Ok(_) => Ok(()),
        Err(_) if !store::secrets::are_any(tx).await? => Ok(()),
        Err(trouble) => Err(trouble),
    }
}

/// What the database learns of a key.
pub(super) fn introduce(key: &Key) -> Result<KnownKey, KeyTrouble> {
    Ok(KnownKey {
        id: key.id.clone(),
        sentinel: key.sentinel(random()?),
    })
}

/// The value of a secret.
pub(super) fn open(app: &App, secret: &Sealed) -> Result<SecretText, KeyTrouble> {
    open_with(&own(app)?, secret).map(SecretText::new)
}

/// The value of a secret, by one of these keys.
pub(super) fn open_with(keys: &Keys, secret: &Sealed) -> Result<String, KeyTrouble> {
    let key = keys.find(&secret.key_id);
    let key = key.ok_or_else(|| KeyTrouble::WrongFile(secret.key_id.clone()))?;
    let broken = || KeyTrouble::Broken(secret.name.clone());
    let value = key
        .open(secret.subject(), &secret.bytes)
        .map_err(|_| broken())?;
    String::from_utf8(value).map_err(|_| broken())
}

/// What secret inputs were sealed as, by one of these keys.
pub(in crate::domain) fn open_inputs(
    keys: &Keys,
    inputs: &SealedInputs,
) -> Result<Vec<u8>, KeyTrouble> {
    let key = keys.find(&inputs.key_id);
    let key = key.ok_or_else(|| KeyTrouble::WrongFile(inputs.key_id.clone()))?;
    key.open(subject(inputs.execution), &inputs.bytes)
        .map_err(|_| KeyTrouble::BrokenInputs)
}

/// What sealing takes.
pub(in crate::domain) fn random() -> Result<[u8; RANDOM], KeyTrouble> {
    let mut bytes = [0; RANDOM];
    getrandom::fill(&mut bytes).map_err(|_| KeyFileError::Random)?;
    Ok(bytes)
}
