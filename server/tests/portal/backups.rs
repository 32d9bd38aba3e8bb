//! A backup that is made while people file, and brought back elsewhere.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::browser::Browser;
use crate::licence::{filed, page_of, sound_draft};
use crate::place::Folder;
use crate::program::{Program, prepared};

pub fn run(config: &Path, words: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chengxin"));
    let Output { status, stdout, stderr } =
        command.env_clear().arg("--config").arg(config).args(words).stdin(Stdio::null()).output().unwrap();
    (status.success(), String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_accepted_before_a_backup_is_there_after_it_is_brought_back() {
    let folder = Folder::new();
    let (sandbox, config, base) = prepared(&folder).await;
    let (doctor_before, said) = run(&config, &["doctor"]);
    assert!(doctor_before && said.contains("NONE WAS EVER MADE"), "{said}");
    let program = Program::serve(&config, &base).await;
    let browser = Browser::new(&base, &sandbox.url());
    browser.sign_in("legal-representative").await.page_of(200);
    let filing = filed(&browser).await;
    let draft = sound_draft(&browser).await;
    let backup = folder.path("backup");
    let place = backup.to_str().unwrap().to_owned();
    // While people go on.
    let (made, more) = tokio::join!(
        tokio::task::spawn_blocking({
            let (config, place) = (config.clone(), place.clone());
            move || run(&config, &["backup", &place])
        }),
        filed(&browser),
    );
    let (made, said) = made.unwrap();
    assert!(made && said.contains("NOT in it"), "{said}");
    assert_eq!(std::fs::metadata(&backup).unwrap().permissions().mode() & 0o077, 0, "it is nobody else's to read");
    assert!(!backup.join("log-key").exists(), "the log's key is a secret");
    let (again, said) = run(&config, &["backup", &place]);
    assert!(!again && said.contains("is there already"), "{said}");
    let (_, said) = run(&config, &["doctor"]);
    assert!(said.contains("the last was made") && said.contains(&place), "{said}");

    let (running, said) = run(&config, &["restore", &place, "--force"]);
    assert!(!running && said.contains("A portal runs on"), "{said}");
    program.kill();
    let (full, said) = run(&config, &["restore", &place]);
    assert!(!full && said.contains("is not empty"), "{said}");
    // A backup that lacks a file, or has one that is damaged, changes nothing.
    let file = only_file(&backup.join("attachments"));
    let content = std::fs::read(&file).unwrap();
    let store = folder.path("data/chengxin.sqlite");
    for damage in [None, Some(&b"something else"[..])] {
        // It is linked to the one where people work: another takes its place.
        let _ = std::fs::remove_file(&file);
        if let Some(other) = damage {
            std::fs::write(&file, other).unwrap();
        }
        let (whole, said) = run(&config, &["restore", &place, "--force"]);
        assert!(!whole && said.contains("Nothing was changed") && said.contains("--what-is-whole") && store.exists(), "{said}");
    }
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, &content).unwrap();
    // One that was damaged where people work comes back whole.
    let damaged = folder.path("data/attachments").join(file.strip_prefix(backup.join("attachments")).unwrap());
    std::fs::remove_file(&damaged).unwrap();
    std::fs::write(&damaged, "something else").unwrap();
    let after = run(&config, &["restore", &place, "--force"]);
    assert!(after.0 && after.1.contains("The log of the store that was put aside has"), "{}", after.1);
    assert_eq!(std::fs::read(&damaged).unwrap(), content);
    let program = Program::serve(&config, &base).await;
    page_of(&browser, &filing).await;
    assert_eq!(page_of(&browser, &draft).await.files().len(), 1, "with its file");
    assert!([200, 404].contains(&browser.get(&more).await.status), "what was filed meanwhile is there or not, and not broken");
    filed(&browser).await;
    assert_eq!(browser.get("/log/checkpoint").await.status, 200);
    program.kill();

    // Somebody puts the backup's store back by hand, and tells nobody that the log goes back with it.
    let _ = std::fs::remove_file(folder.path("data/chengxin.sqlite-wal"));
    std::fs::copy(backup.join("chengxin.sqlite"), &store).unwrap();
    let (sound, said) = run(&config, &["doctor"]);
    assert!(!sound && said.contains("an old copy of the store is back"), "{said}");

    // Into an empty folder on another machine, with the key that was kept apart.
    let other = folder.path("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::copy(folder.path("data/log-key"), other.join("log-key")).unwrap();
    let elsewhere = folder.path("other.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&elsewhere, text.replace(folder.path("data").to_str().unwrap(), other.to_str().unwrap())).unwrap();
    let there = run(&elsewhere, &["restore", &place]);
    assert!(there.0, "{}", there.1);
    let _program = Program::serve(&elsewhere, &base).await;
    page_of(&browser, &filing).await;
    assert_eq!(page_of(&browser, &draft).await.files().len(), 1);
}

/// A file of attachments; all that were sent in this test have the same content.
fn only_file(attachments: &Path) -> PathBuf {
    let shelves = std::fs::read_dir(attachments).unwrap().map(|shelf| shelf.unwrap().path());
    let files: Vec<PathBuf> = shelves
        .filter(|shelf| !shelf.ends_with("incoming"))
        .flat_map(|shelf| std::fs::read_dir(shelf).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files[0].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_backup_or_is_damaged_changes_nothing_and_no_portal_starts_on_a_damaged_store() {
    let folder = Folder::new();
    let (_sandbox, config, _) = prepared(&folder).await;
    assert!(run(&config, &["migrate"]).0);
    let store = folder.path("data/chengxin.sqlite");
    let backup = folder.path("backup");
    let place = backup.to_str().unwrap();
    assert!(run(&config, &["backup", place]).0);
    let (none, said) = run(&config, &["restore", folder.path("site").to_str().unwrap(), "--force"]);
    assert!(!none && said.contains("is no backup"), "{said}");
    let damaged = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        let page = bytes.len() / 4096 / 2 * 4096;
        bytes[page..page + 8192].fill(0x5a);
        bytes
    };
    let kept = std::fs::read(backup.join("chengxin.sqlite")).unwrap();
    std::fs::write(backup.join("chengxin.sqlite"), damaged(&kept)).unwrap();
    let (unsound, said) = run(&config, &["restore", place, "--force"]);
    assert!(!unsound && said.contains("Nothing was changed"), "{said}");
    assert!(run(&config, &["migrate"]).0, "the store is as it was");
    let names = std::fs::read_dir(folder.path("data")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().contains("before")), "nothing was put aside");
    let sound = std::fs::read(&store).unwrap();
    std::fs::write(&store, damaged(&sound)).unwrap();
    let (started, said) = run(&config, &["serve"]);
    assert!(!started && said.contains("chengxin restore"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_damaged_file_is_named_and_keeps_nothing_else_from_being_saved() {
    let folder = Folder::new();
    let (sandbox, config, base) = prepared(&folder).await;
    let program = Program::serve(&config, &base).await;
    let browser = Browser::new(&base, &sandbox.url());
    browser.sign_in("legal-representative").await.page_of(200);
    let filing = filed(&browser).await;
    program.kill();
    let file = only_file(&folder.path("data/attachments"));
    let name = file.file_name().unwrap().to_str().unwrap().to_owned();
    let content = std::fs::read(&file).unwrap();
    let place = |name: &str| folder.path(name).to_str().unwrap().to_owned();
    // It rots where people work.
    std::fs::write(&file, "something else").unwrap();
    let (whole, said) = run(&config, &["backup", &place("first")]);
    assert!(!whole && said.contains("1 FILES THAT THE STORE SPEAKS OF ARE MISSING OR DAMAGED"), "{said}");
    assert!(std::fs::read_to_string(folder.path("first/backup.json")).unwrap().contains(&name));
    let (_, said) = run(&config, &["doctor"]);
    assert!(said.contains("1 FILES WERE MISSING OR DAMAGED then"), "{said}");
    let (back, said) = run(&config, &["restore", &place("first"), "--force"]);
    assert!(back && said.contains("with 0 files"), "{said}");
    // It rots in the backup. (Another takes its place: it is linked to the one where people work.)
    std::fs::write(&file, &content).unwrap();
    assert!(run(&config, &["backup", &place("second")]).0);
    let kept = only_file(&folder.path("second/attachments"));
    std::fs::remove_file(&kept).unwrap();
    std::fs::write(&kept, "something else").unwrap();
    assert!(!run(&config, &["restore", &place("second"), "--force"]).0);
    let (back, said) = run(&config, &["restore", &place("second"), "--force", "--what-is-whole"]);
    assert!(back && said.contains("LEFT OUT") && said.contains(&name), "{said}");
    assert_eq!(std::fs::read(&file).unwrap(), content, "nor does it take the place of what is whole");
    let program = Program::serve(&config, &base).await;
    page_of(&browser, &filing).await;
    program.kill();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_whose_store_is_gone_does_not_begin_an_empty_one() {
    let folder = Folder::new();
    let (_sandbox, config, base) = prepared(&folder).await;
    Program::serve(&config, &base).await.kill();
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.path(&format!("data/chengxin.sqlite{ending}")));
    }
    for command in ["serve", "work", "migrate", "doctor"] {
        let (started, said) = run(&config, &[command]);
        assert!(!started && said.contains("There is no store at") && said.contains("chengxin restore"), "{said}");
    }
    assert!(!folder.path("data/chengxin.sqlite").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_command_changes_a_store_that_is_just_being_brought_back() {
    let folder = Folder::new();
    let (_sandbox, config, _) = prepared(&folder).await;
    assert!(run(&config, &["migrate"]).0);
    let restoring = std::fs::File::options().write(true).open(folder.path("data/in-use-by-commands")).unwrap();
    restoring.lock().unwrap();
    let (changed, said) = run(&config, &["outbox", "list"]);
    assert!(!changed && said.contains("just being brought back"), "{said}");
}
