//! Templates of commitments in the store: what was offered once stays, word for word.

use server::storage::templates::{Changed, StoredTemplate};
use server::templates::{Catalogue, NoCatalogue, built_in};

use crate::places::{Folder, Store};
use crate::samples::NOON;

fn version(version: i64, mark: &str) -> StoredTemplate {
    StoredTemplate { id: "sound".into(), version, digest: mark.repeat(64), canonical: format!("{{\"{mark}\":\"承诺\"}}") }
}

pub async fn a_version_of_a_template_is_remembered_once_and_never_changes(store: Store) {
    let (first, second) = (version(1, "a"), version(2, "b"));
    assert_eq!(store.remember_templates(std::slice::from_ref(&first), NOON).await.unwrap(), Ok(()));
    assert_eq!(store.remember_templates(&[second.clone(), first.clone()], NOON + 1).await.unwrap(), Ok(()));
    let changed = [version(3, "c"), version(1, "d")];
    let refused = Err(Changed { id: "sound".into(), version: 1 });
    assert_eq!(store.remember_templates(&changed, NOON + 2).await.unwrap(), refused);
    assert_eq!(store.templates().await.unwrap(), [first, second], "nothing of what was refused is there");
}

pub async fn templates_remembered_by_several_at_once_are_there_once(store: Store) {
    let all = vec![version(1, "a"), version(2, "b")];
    let turned: Vec<_> = all.iter().rev().cloned().collect();
    let (one, other) = tokio::join!(store.remember_templates(&all, NOON), store.remember_templates(&turned, NOON));
    assert_eq!((one.unwrap(), other.unwrap()), (Ok(()), Ok(())));
    assert_eq!(store.templates().await.unwrap(), all);
}

pub async fn a_template_that_left_the_folder_is_still_shown_and_one_that_changed_stops_the_start(store: Store) {
    let folder = Folder::new();
    let place = folder.file().with_file_name("templates");
    std::fs::create_dir(&place).unwrap();
    let text = built_in().into_iter().find(|file| file.name == "honest-operation.toml").unwrap().text;
    std::fs::write(place.join("a.toml"), &text).unwrap();
    let first = Catalogue::load(Some(&place), &*store, NOON).await.unwrap();
    std::fs::write(place.join("a.toml"), text.replace("version = 1", "version = 2")).unwrap();
    let second = Catalogue::load(Some(&place), &*store, NOON).await.unwrap();
    assert_eq!(second.offered("honest-operation").unwrap().version, 2);
    let (old, same) = (second.get("honest-operation", 1).unwrap(), first.get("honest-operation", 1).unwrap());
    assert_eq!((&old.text, &old.digest, old.form.fields.len()), (&same.text, &same.digest, same.form.fields.len()));
    std::fs::write(place.join("a.toml"), text.replace("恪守合同", "遵守合同")).unwrap();
    let why = Catalogue::load(Some(&place), &*store, NOON).await.expect_err("it changed under the same version");
    assert!(matches!(why, NoCatalogue::Changed(_)));
    assert!(why.to_string().starts_with("The template honest-operation says something else than when its version 1"), "{why}");
    std::fs::remove_file(place.join("a.toml")).unwrap();
    let why = Catalogue::load(Some(&place), &*store, NOON).await.expect_err("the folder is empty").to_string();
    assert!(why.starts_with("templates.folder: ") && why.ends_with("holds no template (*.toml)"), "{why}");
}
