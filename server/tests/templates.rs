//! Templates of commitments: those that come with the program hold, and what is wrong with others is said with file and line.

#![allow(clippy::unwrap_used)]

use credit::commitment::CommitmentKind;
use server::templates::{Catalogue, File, NoCatalogue, built_in};

/// A template that holds, with a line for each thing that a case may spoil.
const SOUND: &str = r#"id = "sound"
version = 1
kind = "replaces_certificate"
title = { zh = "告知承诺书", en = "Commitment" }
summary = { zh = "一句话", en = "A sentence" }
matter = "申请{{service}}"
bases = [{ name = "国办发〔2020〕42号" }]
authority = { name = "奉贤区市场监督管理局", code = "11310120FXXY0006XF" }
text = ["本单位办理{{service}}。", "联系人：{{contact}}"]
liability = ["依法承担责任。"]
validity = { years = 1 }
scope = "public"
publication_term = "validity"
signers = ["legal_representative"]
level = "signature"
[notice]
to_prove = ["条件"]
how_to_pledge = "书面"
civil_liability = "赔偿"
administrative_liability = "撤销"
criminal_liability = "追究"
right_to_check = "核查"
ordinary_way = "一般程序"
[[blanks]]
name = "service"
kind = "line"
most = 100
label = { zh = "事项", en = "Service" }
[[blanks]]
name = "contact"
kind = "line"
audience = "platform"
label = { zh = "联系人", en = "Contact" }
"#;

fn file(name: &str, text: &str) -> File {
    File { name: name.into(), text: text.into() }
}

fn said(files: &[File]) -> String {
    Catalogue::of(files).expect_err("something is wrong").to_string()
}

/// A store remembers what each version said, and refuses a program that says something else: commitments were signed from it. So
/// whoever changes a template gives it a new version and adds a line here; a line of a released program is never changed.
#[test]
fn no_template_of_the_program_says_something_else_under_a_version_that_was_offered() {
    let offered: Vec<&str> = include_str!("corpus/offered_templates.txt").lines().collect();
    for template in Catalogue::of(&built_in()).unwrap_or_else(|why| panic!("{why}")).newest() {
        let line = format!("{} {} {}", template.id, template.version, template.digest);
        assert!(offered.contains(&line.as_str()), "not offered before: {line}");
    }
    let versions: Vec<&str> = offered.iter().filter_map(|line| line.rsplit_once(' ')).map(|(version, _)| version).collect();
    let distinct: std::collections::HashSet<&&str> = versions.iter().collect();
    assert_eq!(distinct.len(), versions.len(), "one line for each version");
}

#[test]
fn all_templates_of_the_program_hold_and_each_kind_has_one() {
    let catalogue = Catalogue::of(&built_in()).unwrap_or_else(|why| panic!("{why}"));
    assert!(catalogue.newest().count() >= 12);
    for kind in CommitmentKind::ALL {
        assert!(catalogue.newest().any(|template| template.kind == kind), "{kind:?}");
    }
}

#[test]
fn every_file_of_the_folder_is_built_in() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let found = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut found: Vec<_> = found.collect();
    found.sort();
    assert_eq!(found, built_in().into_iter().map(|file| file.name).collect::<Vec<_>>());
}

#[test]
fn what_is_wrong_is_said_with_file_and_line() {
    let cases = [
        ("{{service}}\"", "{{servise}}\"", "line 6: matter: the blank \"servise\" is not declared."),
        ("。\", \"联系人：{{contact}}\"", "。\"", "line 30: blanks.1.name: the blank \"contact\" is declared and never used."),
        ("0006XF", "0006XA", "line 8: not a credit code: Check."),
        ("version = 1", "version = 0", "line 2: version: versions begin with 1."),
        ("本单位办理", "本\u{202E}单位办理", "line 9: text.0: it holds a character that cannot be seen, U+202E."),
        ("依法承担", " 依法承担", "line 10: liability.0: it must be one line without blanks at its ends"),
        ("\"书面\"", "\"\"", "line 18: notice.how_to_pledge: it is empty."),
        ("\"书面\"", "\"{{service}}\"", "line 18: notice.how_to_pledge: only matter, text and liability can hold blanks."),
        ("most = 100", "most = 600", "line 6: matter: with the longest answers it has 602 characters; at most 512 are taken."),
        ("most = 100", "most = 5000", "line 27: blanks.0.most: it must be from 1 to 4000."),
        ("level = ", "colour = \"red\"\nlevel = ", "line 15: unknown field `colour`"),
        ("scope = \"public\"", "scope = \"everyone\"", "line 12: unknown variant `everyone`"),
        ("scope = \"public\"", "scope = \"not_public\"", "line 13: publication_term: it must fit the scope"),
        ("申请{{service}}", "申请{{contact}}{{service}}", "line 6: matter: the blank \"contact\" is for the platform only"),
        ("联系人：{{contact}}", "联系人：{{contact}}{{", "line 9: text.1: a blank is opened or closed only on one side."),
        (
            "validity = { years = 1 }",
            "validity = \"until_blank\"",
            "line 11: validity: until_blank needs a required blank valid_until",
        ),
        ("[\"legal_representative\"]", "[\"agent\"]", "line 14: signers: it must name"),
        ("name = \"contact\"", "name = \"service\"", "line 30: blanks.1.name: there is another blank \"service\"."),
        ("id = \"sound\"", "id = \"Sound\"", "line 1: id: it must be at most 40 lower-case letters"),
        ("title = {", "title = {{", "line 4: "),
    ];
    assert!(Catalogue::of(&[file("a.toml", SOUND)]).is_ok());
    for (old, new, sentence) in cases {
        let said = said(&[file("a.toml", &SOUND.replacen(old, new, 1))]);
        assert!(said.contains(&format!("a.toml, {sentence}")), "{new}: {said}");
    }
}

#[test]
fn a_notice_and_commitment_without_its_notice_is_refused() {
    let (before, after) = SOUND.split_once("[notice]").unwrap();
    let after = after.split_once("[[blanks]]").unwrap().1;
    let said = said(&[file("a.toml", &format!("{before}[[blanks]]{after}"))]);
    assert!(said.contains("a.toml, line 3: kind: a notice-and-commitment must be preceded by its notice"), "{said}");
}

#[test]
fn a_commitment_for_credit_repair_has_to_be_public() {
    let repair = SOUND.replace("kind = \"replaces_certificate\"", "kind = \"repair\"");
    assert!(Catalogue::of(&[file("a.toml", &repair)]).is_ok());
    let hidden = repair
        .replace("scope = \"public\"", "scope = \"limited\"")
        .replace("publication_term = \"validity\"", "publication_term = \"none\"");
    let said = said(&[file("a.toml", &hidden)]);
    assert!(said.contains("a.toml, line 12: scope: a commitment for credit repair has to be public"), "{said}");
}

#[test]
fn two_files_of_one_version_are_refused() {
    let said = said(&[file("a.toml", SOUND), file("b.toml", SOUND)]);
    assert!(said.contains("b.toml, line 2: version: another file has version 1 of sound already."), "{said}");
}

#[test]
fn all_flaws_of_all_files_are_said_at_once() {
    let spoiled = [file("a.toml", &SOUND.replace("version = 1", "version = 0")), file("b.toml", "id = 5")];
    let Err(NoCatalogue::Flaws(flaws)) = Catalogue::of(&spoiled) else { panic!("both are wrong") };
    assert_eq!(flaws.iter().map(|flaw| flaw.file.as_str()).collect::<Vec<_>>(), ["a.toml", "b.toml"]);
}

#[test]
fn the_newest_version_is_offered_and_older_ones_can_be_found() {
    let newer = SOUND.replace("version = 1", "version = 2").replace("依法承担", "依法依规承担");
    let catalogue = Catalogue::of(&[file("b.toml", &newer), file("a.toml", SOUND)]).unwrap();
    assert_eq!(catalogue.newest().map(|template| template.version).collect::<Vec<_>>(), [2]);
    assert_eq!(catalogue.offered("sound").unwrap().version, 2);
    let old = catalogue.referred("sound@1").unwrap();
    assert_eq!(old.liability, ["依法承担责任。"]);
    assert_ne!(old.digest, catalogue.get("sound", 2).unwrap().digest);
    assert!(catalogue.referred("sound@3").is_none() && catalogue.referred("sound").is_none());
}

#[test]
fn an_excluded_matter_is_not_offered() {
    let excluded = SOUND.replace("level = ", "excluded = true\nlevel = ");
    let catalogue = Catalogue::of(&[file("a.toml", &excluded)]).unwrap();
    assert_eq!(catalogue.newest().count(), 0);
    assert!(catalogue.get("sound", 1).is_some());
}
