//! A question at the bottom of the terminal that can be redrawn and taken away.

use anstream::ColorChoice;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::ui::{
    Device, Ui, device,
    out::{To, paint},
    sanitize, stderr_line,
};

/// Shows one block of text; draws nothing twice on a terminal that cannot move its cursor.
pub(crate) struct Board {
    multi: MultiProgress,
    bar: Option<ProgressBar>,
    device: Device,
    last: String,
    /// How wide the terminal was then.
    width: Option<u16>,
}

impl Board {
    pub(crate) fn new(device: Device) -> Self {
        Self::within(
            MultiProgress::with_draw_target(ProgressDrawTarget::stderr()),
            device,
        )
    }

    /// A board for somebody who waits at a terminal; nothing for a script.
    pub(crate) fn on(ui: &Ui) -> Option<Self> {
        let is_seen = ui.interactive && ui.device == Device::Screen && !ui.quiet;
        is_seen.then(|| Self::new(ui.device))
    }

    /// A board under the bars of a screen.
    pub(super) fn within(multi: MultiProgress, device: Device) -> Self {
        Self {
            multi,
            bar: None,
            device,
            last: String::new(),
            width: None,
        }
    }

    pub(crate) fn show(&mut self, text: &str) {
        let width = device::width();
        if self.last == text && self.width == width {
            return;
        }
        if std::mem::replace(&mut self.width, width) != width {
            // What cannot be taken away stays above; a terminal that is gone shows nothing.
            let _ = self.multi.clear();
        }
        text.clone_into(&mut self.last);
        if self.device == Device::Dumb {
            stderr_line(text);
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = self.multi.add(ProgressBar::new_spinner());
            bar.set_style(plain_style());
            bar
        });
        let text = sanitize::coloured(text);
        bar.set_message(match paint(To::Stderr) {
            ColorChoice::Never => anstream::adapter::strip_str(&text).to_string(),
            ColorChoice::Auto | ColorChoice::AlwaysAnsi | ColorChoice::Always => text,
        });
        // Whoever types is not kept from seeing it by the limit on redrawing.
        bar.force_draw();
    }

    /// Writes something above the text.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.multi.suspend(write)
    }

    pub(crate) fn clear(&mut self) {
        self.last.clear();
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
            self.multi.remove(&bar);
        }
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        self.clear();
    }
}

fn plain_style() -> ProgressStyle {
    ProgressStyle::with_template("{msg}").unwrap_or_else(|_| ProgressStyle::default_spinner())
}
