//! The parts of the executor that need no process: journal, attempts, spool.

mod attempts;

use std::{collections::BTreeSet, fs, path::PathBuf};

use bytes::Bytes;
use jiff::Timestamp;
use pulse_api::{ExecutionId, Fence, JobId, WorkerId, frames::Reason, status::Stream};

use super::{
    journal::{Durability, Journal},
    outputs,
    record::{self, Key, Origin, Record},
    results,
    spool::Spool,
};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

fn folder() -> PathBuf {
    let path = std::env::temp_dir().join(format!("pulse-executor-{}", uuid::Uuid::now_v7()));
    fs::create_dir(&path).unwrap();
    path
}

fn origin() -> Origin {
    Origin {
        execution_id: ExecutionId::new(),
        worker_id: WorkerId::new(),
    }
}

fn start(key: Key) -> Record {
    Record::Start {
        key,
        fence: Fence(1),
        origin: origin(),
        boot_id: "boot".to_owned(),
    }
}

fn key() -> Key {
    Key {
        job_id: JobId::new(),
        attempt: 1,
    }
}

fn exit(key: Key) -> Record {
    let result = results::lost(
        key.under(Fence(1)),
        origin(),
        Reason::Timeout,
        Timestamp::UNIX_EPOCH,
    );
    Record::Exit {
        key,
        result: Box::new(result),
        output: Vec::new(),
    }
}

#[test]
fn a_journal_cut_anywhere_gives_a_prefix_of_what_was_written() {
    let records: Vec<Record> = (0..8).map(|_| start(key())).collect();
    let whole: Vec<u8> = records.iter().flat_map(Record::encode).collect();
    let mut ends = vec![0];
    for record in &records {
        ends.push(ends[ends.len() - 1] + record.encode().len());
    }

    for cut in 0..=whole.len() {
        let found = record::read(&whole[..cut]);

        let expected = ends.iter().rposition(|end| *end <= cut).unwrap();
        assert_eq!(found.records.len(), expected, "cut at {cut}");
        assert_eq!(found.valid_length, ends[expected]);
    }
}

#[test]
fn a_flipped_bit_costs_its_own_record_and_no_other() {
    let keys: Vec<Key> = (0..20).map(|_| key()).collect();
    let parts: Vec<Vec<u8>> = keys.iter().map(|key| start(*key).encode()).collect();
    let whole: Vec<u8> = parts.concat();
    let mut dice = Dice(7);

    for _ in 0..2000 {
        let at = dice.roll(whole.len());
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << dice.roll(8);

        let found = record::read(&damaged);

        let survivors: BTreeSet<Key> = found.records.iter().map(Record::key).collect();
        let mut length = 0;
        let hit = parts.iter().position(|part| {
            length += part.len();
            at < length
        });
        for (index, key) in keys.iter().enumerate() {
            assert_eq!(survivors.contains(key), Some(index) != hit, "flip at {at}");
        }
    }
}

#[test]
fn a_torn_record_is_cut_off_and_writing_goes_on_behind_it() {
    let folder = folder();
    let (first, second, third) = (key(), key(), key());
    let (mut journal, _) = Journal::open(&folder).unwrap();
    journal.append(&start(first), Durability::Process).unwrap();
    journal.append(&start(second), Durability::Host).unwrap();
    drop(journal);
    let path = folder.join("journal");
    let length = fs::metadata(&path).unwrap().len();
    fs::OpenOptions::new()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len(length - 3)
        .unwrap();

    let (mut journal, records) = Journal::open(&folder).unwrap();
    journal.append(&start(third), Durability::Process).unwrap();

    assert_eq!(records.len(), 1);
    let (_, records) = Journal::open(&folder).unwrap();
    let keys: Vec<Key> = records.iter().map(Record::key).collect();
    assert_eq!(keys, [first, third]);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_was_noted_goes_with_the_next_record_or_with_the_end() {
    let folder = folder();
    let (first, second, third) = (key(), key(), key());
    let (mut journal, _) = Journal::open(&folder).unwrap();
    journal.note(&Record::Acked { key: first });
    let (_, before) = Journal::open(&folder).unwrap();
    journal.append(&start(second), Durability::Process).unwrap();
    journal.note(&Record::Acked { key: third });
    drop(journal);

    let (_, records) = Journal::open(&folder).unwrap();

    assert!(before.is_empty());
    let keys: Vec<Key> = records.iter().map(Record::key).collect();
    assert_eq!(keys, [first, second, third]);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn compaction_keeps_open_attempts_and_the_memory_of_closed_ones() {
    let folder = folder();
    let (open, closed) = (key(), key());
    let (mut journal, _) = Journal::open(&folder).unwrap();
    journal.append(&start(open), Durability::Process).unwrap();
    for _ in 0..6000 {
        journal.append(&exit(closed), Durability::Process).unwrap();
    }

    journal.compact(&BTreeSet::from([open]), &[closed]).unwrap();
    journal.append(&exit(open), Durability::Process).unwrap();

    let (_, records) = Journal::open(&folder).unwrap();
    assert_eq!(records.len(), 3);
    let proven = record::replay(records);
    assert!(proven[&closed].is_acked);
    assert!(proven[&open].exit.is_some() && proven[&open].origin.is_some());
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_spool_gives_back_what_it_took_whatever_happens_to_the_link() {
    for seed in 0..40 {
        let folder = folder();
        let mut dice = Dice(seed);
        let mut spool = Spool::new(&folder, "job");
        let (mut written, mut received) = (Vec::new(), Vec::new());
        let (mut next_seq, mut delivered) = (1, 0);
        for _ in 0..200 {
            match dice.roll(5) {
                0 | 1 => {
                    let piece: Vec<u8> = (0..=dice.roll(9000))
                        .map(|at| at.to_le_bytes()[0] ^ 0x5a)
                        .collect();
                    let stream = [Stream::Stdout, Stream::Stderr][dice.roll(2)];
                    written.extend_from_slice(&piece);
                    spool.append(stream, &Bytes::from(piece)).unwrap();
                }
                2 => {
                    while let Some(chunk) = spool.next().unwrap() {
                        if chunk.seq == next_seq {
                            assert_eq!(chunk.offset, received.len() as u64);
                            received.extend_from_slice(&chunk.data);
                            next_seq += 1;
                        }
                    }
                }
                3 => {
                    delivered = next_seq - 1;
                    spool.ack(delivered);
                }
                _ => spool.rewind(),
            }
            assert!(spool.is_drained() || delivered < u64::MAX);
        }
        spool.finish().unwrap();
        loop {
            while let Some(chunk) = spool.next().unwrap() {
                if chunk.seq == next_seq {
                    received.extend_from_slice(&chunk.data);
                    next_seq += 1;
                }
            }
            if spool.is_drained() {
                break;
            }
            spool.ack(next_seq - 1);
        }

        assert!(received == written, "seed {seed}");
        assert_eq!(spool.summary().last_seq, next_seq - 1);
        assert_eq!(spool.summary().bytes, written.len() as u64);
        spool.remove();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn a_flood_keeps_its_beginning_and_its_end_in_both_streams() {
    const KEPT: usize = 8 * 1024 * 1024;
    let folder = folder();
    let mut spool = Spool::new(&folder, "job");
    let (mut dice, mut whole, mut streams) = (Dice(3), Vec::new(), Vec::new());
    while whole.len() < 3 * KEPT {
        let length = 1 + dice.roll(60_000);
        let piece: Vec<u8> = (0..length).map(|at| (at * 7).to_le_bytes()[0]).collect();
        let stream = [Stream::Stdout, Stream::Stderr][dice.roll(2)];
        streams.resize(whole.len() + length, stream);
        whole.extend_from_slice(&piece);
        spool.append(stream, &Bytes::from(piece)).unwrap();
    }
    spool.finish().unwrap();

    let (mut kept, mut last_seq) = (0, 0);
    loop {
        while let Some(chunk) = spool.next().unwrap() {
            let at = usize::try_from(chunk.offset).unwrap();
            assert_eq!(chunk.seq, last_seq + 1);
            assert!(chunk.data == whole[at..at + chunk.data.len()]);
            assert!(
                streams[at..at + chunk.data.len()]
                    .iter()
                    .all(|stream| *stream == chunk.stream)
            );
            kept += chunk.data.len();
            last_seq = chunk.seq;
        }
        if spool.is_drained() {
            break;
        }
        spool.ack(last_seq);
    }

    assert_eq!(kept, 2 * KEPT);
    assert_eq!(spool.summary().last_seq, last_seq);
    spool.remove();
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_torn_spool_gives_what_was_whole() {
    let folder = folder();
    let mut spool = Spool::new(&folder, "job");
    for _ in 0..10 {
        spool
            .append(Stream::Stdout, &Bytes::from(vec![1; 20_000]))
            .unwrap();
    }
    drop(spool);
    let path = folder.join("job");
    let length = fs::metadata(&path).unwrap().len();
    fs::OpenOptions::new()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len(length - 1)
        .unwrap();

    let mut spool = Spool::salvage(&folder, "job");

    let mut count = 0;
    while let Some(chunk) = spool.next().unwrap() {
        count += 1;
        assert_eq!(chunk.seq, count);
    }
    assert_eq!(count, 9);
    assert_eq!(spool.last_seq(), 9);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn outputs_are_not_read_from_a_file_that_has_another_name() {
    let folder = folder();
    let (secret, outputs) = (folder.join("secret"), folder.join("outputs"));
    fs::write(&secret, "key=value\n").unwrap();
    fs::hard_link(&secret, &outputs).unwrap();

    let linked = outputs::collect(&outputs);
    fs::remove_file(&secret).unwrap();
    let own = outputs::collect(&outputs);

    assert!(linked.values.is_empty());
    assert_eq!(own.values["key"], "value");
    fs::remove_dir_all(folder).unwrap();
}
