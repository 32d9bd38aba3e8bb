//! Power cuts: what the program really wrote is traced, and then the disk is made as it could be after a cut at any moment, with
//! everything that was not synced yet lost, torn or there. Every draft and every filing that somebody had been told of must be in
//! it, every file that the store speaks of, and a log whose tree is that of its entries.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::load::{Noted, people_file};
use super::store_image::held_in;
use super::trace::{CALLS, Deed, read};
use super::{Chance, Tally, rounds};
use crate::browser::Browser;
use crate::licence::id_of;
use crate::place::Folder;
use crate::program::{mood, prepared};
use crate::world::eventually;

/// A disk writes whole sectors.
const SECTOR: usize = 512;

struct Traced(Child);

impl Traced {
    /// Ends the program as a power cut would: without a word. strace ends with it.
    fn cut(mut self, trace: &Path) {
        let text = std::fs::read_to_string(trace).unwrap();
        let pid = text.split_whitespace().next().unwrap();
        assert!(Command::new("kill").args(["-9", pid]).status().unwrap().success());
        self.0.wait().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_in_a_power_cut_and_with_a_weaker_setting_it_would_be() {
    let tracer = Command::new("strace").arg("-V").stdout(Stdio::null()).status();
    assert!(tracer.is_ok(), "strace is missing: cargo xtask test installs it");
    let folder = Folder::new();
    let (deeds, typed) = deeds_under_load(&folder).await;
    let answers = deeds.iter().filter(|deed| matches!(deed, Deed::Answer { .. })).count();
    assert!(answers > 5, "{answers} filings were answered in {} deeds", deeds.len());
    let mut chance = Chance::new("power cuts");
    let images = rounds(10) * 20;
    let [filings, drafts, files] = cut(&deeds, &typed, images, &mut chance, &folder).await;
    filings.tell("power cut: unsynced writes lost or torn, on SQLite");
    drafts.tell("power cut: what was typed into drafts");
    files.tell("power cut: the files of what was kept");
    assert!(drafts.answered > 0, "nobody was led on from a draft");
    assert_eq!((filings.lost, drafts.lost, files.lost), (0, 0, 0), "{filings:?} {drafts:?} {files:?}");
    // The test must be able to fail.
    let few = images.min(200);
    let weaker = with_normal_syncs(&deeds);
    let [filings, drafts, _] = cut(&weaker, &typed, few, &mut chance, &folder).await;
    assert!(filings.lost > 0 && drafts.lost > 0, "what synchronous=NORMAL would lose was not noticed: {filings:?} {drafts:?}");
    for (of_what, weaker) in
        [("names", without_syncs(&deeds, is_attachments_folder)), ("contents", without_syncs(&deeds, is_arriving))]
    {
        let [_, _, files] = cut(&weaker, &typed, few, &mut chance, &folder).await;
        assert!(files.lost > 0, "that the {of_what} of files were not synced was not noticed: {files:?}");
    }
}

fn is_arriving(file: &str) -> bool {
    file.contains("/attachments/incoming/")
}

fn is_attachments_folder(file: &str) -> bool {
    file.contains("/attachments") && !is_arriving(file)
}

/// The same deeds without the syncs of these.
fn without_syncs(deeds: &[Deed], of_these: fn(&str) -> bool) -> Vec<Deed> {
    let without = deeds.iter().map(|deed| match deed {
        Deed::Sync { file, .. } if of_these(file) => Deed::Sync { file: file.clone(), before: 0 },
        deed => deed.clone(),
    });
    without.collect()
}

/// The same deeds with the syncs that `synchronous=NORMAL` makes: of the write-ahead log only before it is brought into the
/// store.
fn with_normal_syncs(deeds: &[Deed]) -> Vec<Deed> {
    let next = |number: usize| {
        deeds[number + 1..].iter().find_map(|deed| match deed {
            Deed::Write { file, .. } | Deed::Sync { file, .. } | Deed::Truncate { file, .. } => Some(file.as_str()),
            _ => None,
        })
    };
    let weaker = deeds.iter().enumerate().map(|(number, deed)| match deed {
        Deed::Sync { file, .. } if file.ends_with("-wal") && next(number).is_none_or(|next| next.ends_with("-wal")) => {
            Deed::Sync { file: file.clone(), before: 0 }
        }
        deed => deed.clone(),
    });
    weaker.collect()
}

/// What the program did while people filed, and the number that was typed into each draft, by its id.
async fn deeds_under_load(folder: &Folder) -> (Vec<Deed>, BTreeMap<String, String>) {
    let (sandbox, config, base) = prepared(folder).await;
    let trace = folder.path("trace");
    let log = std::fs::File::create(folder.path("traced.log")).unwrap();
    let mut command = Command::new("strace");
    command.args(["-f", "-y", "-xx", "-s", "200000", "-e", CALLS, "-e", "signal=none", "-o"]).arg(&trace);
    command.arg(env!("CARGO_BIN_EXE_chengxin")).arg("--config").arg(&config).arg("serve").env("RUST_LOG", "warn");
    let program = Traced(command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let look = async || client.get(format!("{base}/health/ready")).send().await.ok().filter(|answer| answer.status() == 200);
    eventually("the traced program is ready", look).await;
    let browser = Browser::new(&base, &sandbox.url());
    browser.sign_in("legal-representative").await.page_of(200);
    // So that no row leaves the outbox: each filing must have one.
    mood(&sandbox, "down").await;
    let noted = Noted::default();
    let enough = async {
        while noted.filed.lock().unwrap().len() < 40 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::select! {
        () = people_file(&browser, &noted) => {}
        () = enough => {}
        () = tokio::time::sleep(Duration::from_secs(20)) => {}
    }
    program.cut(&trace);
    let typed = noted.kept.into_inner().unwrap().into_iter().map(|(draft, number)| (id_of(&draft), number));
    (read(&trace, &folder.path("data")), typed.collect())
}

/// What there is of the filings, the drafts and the files after each of so many cuts.
async fn cut(deeds: &[Deed], typed: &BTreeMap<String, String>, images: u32, chance: &mut Chance, folder: &Folder) -> [Tally; 3] {
    let first = deeds.iter().position(|deed| matches!(deed, Deed::Answer { .. })).unwrap();
    let tally = || Tally { rounds: images, ..Tally::default() };
    let [mut filings, mut drafts, mut files] = [tally(), tally(), tally()];
    let data = folder.path("data");
    for number in 0..images {
        let past = &deeds[..first + 1 + chance.below(deeds.len() - first)];
        let (mut filed, mut kept) = (BTreeSet::new(), BTreeSet::new());
        for deed in past {
            match deed {
                Deed::Answer { filing } => filed.insert(filing.as_str()),
                Deed::Kept { draft } => kept.insert(draft.as_str()),
                _ => false,
            };
        }
        let place = folder.path(&format!("image-{number}"));
        for (name, content) in disk_after(past, &data, chance) {
            let path = place.join(Path::new(&name).strip_prefix(&data).unwrap());
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        let held = held_in(&place.join("chengxin.sqlite")).await;
        filings.answered += filed.len();
        filings.lost += filed.iter().filter(|id| !held.filings.contains_key(**id)).count();
        // The last answer may have been under way when the program ended: nobody was told of it.
        let kept: Vec<(&str, &String)> = kept.into_iter().filter_map(|id| Some((id, typed.get(id)?))).collect();
        drafts.answered += kept.len();
        drafts.lost += kept.iter().filter(|(id, number)| !held.has_typed(id, number)).count();
        files.answered += held.files.len();
        files.lost += held.files.iter().filter(|sha256| !is_whole(&place.join("attachments"), sha256)).count();
        std::fs::remove_dir_all(&place).unwrap();
    }
    [filings, drafts, files]
}

/// Whether this content is there, under its name.
fn is_whole(attachments: &Path, sha256: &str) -> bool {
    let content = std::fs::read(attachments.join(&sha256[..2]).join(sha256));
    content.is_ok_and(|content| credit::hexadecimal::write(&Sha256::digest(content)) == sha256)
}

/// The files as a cut after these deeds may have left them.
fn disk_after(past: &[Deed], data: &Path, chance: &mut Chance) -> BTreeMap<String, Vec<u8>> {
    let mut synced: BTreeMap<&str, usize> = BTreeMap::new();
    for deed in past {
        if let Deed::Sync { file, before } = deed {
            let until = synced.entry(file).or_default();
            *until = (*until).max(*before);
        }
    }
    let mut disk: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut folders: BTreeSet<&Path> = BTreeSet::from([data]);
    for (number, deed) in past.iter().enumerate() {
        let is_synced = |file: &str| synced.get(file).is_some_and(|until| number < *until);
        match deed {
            Deed::Write { file, at, bytes } => {
                let content = disk.entry(file.clone()).or_default();
                if is_synced(file) {
                    put(content, *at, bytes);
                    continue;
                }
                match chance.below(3) {
                    0 => {}
                    1 => put(content, *at, bytes),
                    _ => {
                        for (sector, piece) in bytes.chunks(SECTOR).enumerate() {
                            if chance.below(2) == 0 {
                                put(content, at + sector * SECTOR, piece);
                            }
                        }
                    }
                }
            }
            Deed::Truncate { file, length } if is_synced(file) || chance.below(2) == 0 => {
                disk.entry(file.clone()).or_default().resize(*length, 0);
            }
            Deed::Remove { file } => {
                disk.remove(file);
            }
            // A new name is safe once the folder that it stands in is synced.
            Deed::Rename { from, to } if is_synced(folder_of(to)) || chance.below(2) == 0 => {
                if let Some(content) = disk.remove(from) {
                    disk.insert(to.clone(), content);
                }
            }
            Deed::Folder { path } if is_synced(folder_of(path)) || chance.below(2) == 0 => {
                folders.insert(Path::new(path));
            }
            _ => {}
        }
    }
    let is_there = |file: &str| {
        Path::new(file).ancestors().skip(1).take_while(|path| path.starts_with(data)).all(|path| folders.contains(path))
    };
    disk.retain(|file, _| is_there(file));
    disk
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').unwrap().0
}

fn put(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if content.len() < at + bytes.len() {
        content.resize(at + bytes.len(), 0);
    }
    content[at..at + bytes.len()].copy_from_slice(bytes);
}
