//! The text by which somebody shows that a key is theirs.

use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::person::Role;
use credit::signing::{Enrolment, SecretKey, Trial, fingerprint, hidden_character};
use proptest::prelude::*;

/// 2026-11-23 09:15:07 in Shanghai.
const AT: i64 = 1_795_396_507_000;
const CHALLENGE: &str = "R2tqv0m0Vb8m6mVq3m1r4A0o8h2c9mJ0Z1s5q7x3y4E";
const ID: &str = "019ab0c4-0000-7000-8000-000000000001";

fn enterprise(name: &str) -> Enterprise {
    Enterprise { code: CreditCode::parse("91310120FXXY000194").expect("it is sound"), name: name.to_owned() }
}

fn enrolment(name: &str, company: &str) -> Option<Enrolment> {
    let key = SecretKey::from_bytes(&[7; 32]).expect("in range").public();
    Enrolment::new((name, Role::LegalRepresentative), &enterprise(company), &key, (ID, CHALLENGE), AT + 999)
}

#[test]
fn its_text_says_who_for_whom_with_what_and_when() {
    let key = fingerprint(&SecretKey::from_bytes(&[7; 32]).unwrap().public());
    let enrolment = enrolment("江大海", "上海奉贤示例精密机械有限公司").unwrap();
    let text = format!(
        "文书：签名密钥登记书\n版本：1\n姓名：江大海\n身份：法定代表人\n企业名称：上海奉贤示例精密机械有限公司\n\
         统一社会信用代码：91310120FXXY000194\n公钥指纹（SM3）：{key}\n登记编号：{ID}\n一次性随机数：{CHALLENGE}\n\
         时间：2026-11-23T09:15:07+08:00\n声明：本人持有与上述公钥对应的私钥，今后以该密钥代表上述企业签署文件。\n"
    );
    assert_eq!(enrolment.text(), text);
    assert_eq!(Enrolment::read(&text), Some(enrolment));
    let around = Enrolment::around_fingerprint(
        ("江大海", Role::LegalRepresentative),
        &enterprise("上海奉贤示例精密机械有限公司"),
        (ID, CHALLENGE),
        AT,
    );
    let (before, after) = around.unwrap();
    assert_eq!(format!("{before}{key}{after}"), text);
}

#[test]
fn what_cannot_be_seen_cannot_be_signed() {
    for name in
        ["江\u{200b}大海", "\u{202e}海大江", "江大海\n身份：经办人", "", " 江大海", "江大海\u{feff}", "江\u{2028}大海", "江\0"]
    {
        assert_eq!(enrolment(name, "某公司"), None, "{name:?}");
        assert_eq!(enrolment("江大海", name), None, "{name:?}");
    }
    assert!(enrolment("江：大海", "某（上海）公司 A·B").is_some(), "a colon in a name hurts nobody");
    assert!(enrolment("葛\u{e0100}", "某公司").is_some(), "the rare form of a character in a name");
}

#[test]
fn an_agent_enrols_no_key() {
    let key = SecretKey::from_bytes(&[7; 32]).unwrap().public();
    assert_eq!(Enrolment::new(("白小云", Role::Agent), &enterprise("某公司"), &key, (ID, CHALLENGE), AT), None);
}

#[test]
fn only_the_text_itself_is_read() {
    let text = enrolment("江大海", "某公司").unwrap().text();
    let changes: [(&str, &str); 9] = [
        ("版本：1", "版本：2"),
        ("登记书", "注销书"),
        ("：江大海", "： 江大海"),
        ("江大海\n", "江大海\n\n"),
        ("法定代表人", "经办人"),
        ("法定代表人", "Legal representative"),
        ("09:15:07", "25:15:07"),
        ("+08:00", "+00:00"),
        ("91310120FXXY000194", "91310120FXXY000195"),
    ];
    for (from, to) in changes {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        assert_eq!(Enrolment::read(&changed), None, "{to}");
    }
    assert_eq!(Enrolment::read(text.trim_end()), None);
    assert_eq!(Enrolment::read(&format!("{text}\n")), None);
    assert_eq!(Enrolment::read(&text.replace('\n', "\r\n")), None);
}

#[test]
fn a_trial_says_that_it_binds_nobody() {
    let text = Trial { key: ID.to_owned(), at: AT }.text();
    assert!(text.starts_with("文书：试签\n"), "{text}");
    assert!(text.contains("不产生任何法律效力"), "{text}");
    assert_eq!(hidden_character(&text), None);
}

proptest! {
    #[test]
    fn every_enrolment_is_read_as_it_was_written(name in ".{1,20}", company in ".{1,40}", at in 0..4_000_000_000_000i64) {
        let key = SecretKey::from_bytes(&[7; 32]).unwrap().public();
        let made = Enrolment::new((&name, Role::Administrator), &enterprise(&company), &key, (ID, CHALLENGE), at);
        if let Some(made) = made {
            prop_assert_eq!(hidden_character(&made.text()), None);
            prop_assert_eq!(Enrolment::read(&made.text()), Some(made));
        }
    }
}
