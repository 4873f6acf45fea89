//! Checking which certificate the server is to show. What is in the files is read where one is needed.

use std::path::PathBuf;

use super::{Tls, check::Checking, fault::Fault};

const CERT: &str = "server.tls.cert";
const KEY: &str = "server.tls.key";

impl Checking<'_> {
    /// Both files or none; one that is empty is not set.
    pub(super) fn tls(&mut self) -> Option<Tls> {
        match (self.path(CERT), self.path(KEY)) {
            (Some(cert), Some(key)) => Some(Tls { cert, key }),
            (Some(_), None) => self.alone(CERT, "the file with its private key: `key:`"),
            (None, Some(_)) => self.alone(KEY, "the file with the certificate of it: `cert:`"),
            (None, None) => None,
        }
    }

    fn alone(&mut self, path: &str, missing: &str) -> Option<Tls> {
        let fault = Fault::new(self.place(path), "says nothing without the other file");
        self.faults
            .push(fault.hint(format!("name {missing} under `tls:`")));
        None
    }

    fn path(&mut self, path: &str) -> Option<PathBuf> {
        let file = PathBuf::from(self.text(path).filter(|text| !text.is_empty())?);
        if !file.is_absolute() {
            self.fault(path, "must be a path that begins with /");
        }
        Some(file)
    }
}
