//! Output that is not there: of much more than is worth keeping, the middle; of what ended long ago,
//! everything.

use std::collections::BTreeMap;

use pulse_api::{
    JobId,
    http::executions::{ExecutionView, OutputEntry},
};

/// What is missing of the output of every attempt.
#[derive(Debug, Default)]
pub(crate) struct Gaps(BTreeMap<(JobId, u32), Attempt>);

#[derive(Debug, Default)]
struct Attempt {
    worker: String,
    /// Where the output seen so far ends.
    end: u64,
    missing: u64,
}

impl Gaps {
    /// Takes the next piece of output, of this many bytes.
    pub(crate) fn take(&mut self, output: &OutputEntry, length: usize) {
        let attempt = self
            .0
            .entry((output.job_id, output.attempt))
            .or_insert_with(|| Attempt {
                worker: output.worker.clone(),
                ..Attempt::default()
            });
        attempt.missing += output.offset.saturating_sub(attempt.end);
        let end = output.offset.saturating_add(length as u64);
        attempt.end = attempt.end.max(end);
    }

    /// A sentence for each attempt that has a gap.
    pub(crate) fn told(&self) -> impl Iterator<Item = String> {
        let gone = self.0.values().filter(|attempt| attempt.missing > 0);
        gone.map(|attempt| {
            let size = size(attempt.missing);
            let worker = crate::ui::sanitize::cell(&attempt.worker);
            format!("{size} in the middle of the output of {worker} were not kept")
        })
    }
}

/// A sentence about an execution whose output was removed.
pub(crate) fn removed(execution: &ExecutionView) -> Option<String> {
    let (at, number) = (execution.outputs_removed_at?, execution.number);
    Some(format!(
        "what #{number} wrote was removed on {at:.0}; how long it was and its digest are in \
         `pulsectl execution show {number} -o json`"
    ))
}

/// `3.2 MiB`.
pub(crate) fn size(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let all = bytes.saturating_mul(10) / unit;
        format!("{}.{}", all / 10, all % 10)
    };
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..0x10_0000 => format!("{} KiB", tenths(1024)),
        0x10_0000..0x4000_0000 => format!("{} MiB", tenths(0x10_0000)),
        _ => format!("{} GiB", tenths(0x4000_0000)),
    }
}

#[cfg(test)]
mod tests {
    use pulse_api::status::Stream;

    use super::*;

    fn piece(offset: u64) -> OutputEntry {
        OutputEntry {
            job_id: JobId::from(uuid::Uuid::nil()),
            step: "check".into(),
            worker: "web-1".into(),
            attempt: 1,
            stream: Stream::Stdout,
            offset,
            text: None,
            base64: None,
        }
    }

    #[test]
    fn a_jump_of_the_offset_is_what_was_not_kept() {
        let mut gaps = Gaps::default();
        gaps.take(&piece(0), 100);
        gaps.take(&piece(100), 50);
        assert_eq!(gaps.told().count(), 0);

        gaps.take(&piece(150 + 3_400_000), 10);

        let told: Vec<String> = gaps.told().collect();
        assert_eq!(
            told,
            ["3.2 MiB in the middle of the output of web-1 were not kept"]
        );
    }

    #[test]
    fn sizes_fit_their_unit() {
        assert_eq!(size(12), "12 bytes");
        assert_eq!(size(1536), "1.5 KiB");
        assert_eq!(size(5 << 30), "5.0 GiB");
    }
}
