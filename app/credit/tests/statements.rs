//! The text that is signed says exactly one thing.

use chrono::{DateTime, NaiveDate};
use credit::commitment::statement::Statement;
use credit::commitment::{CommitmentKind, Scope};
use credit::credit_code::CreditCode;
use credit::normal_text::{is_right_to_left, normal_line};
use credit::person::Role;
use proptest::prelude::*;

fn statement() -> Statement {
    Statement {
        filing: "0190f5a0-0000-7000-8000-000000000001".into(),
        template: "honest-operation".into(),
        version: 2,
        digest: "0123456789abcdef".repeat(4),
        title: "诚信经营承诺书".into(),
        pledger: "上海奉贤示例食品有限公司".into(),
        pledger_code: CreditCode::parse("91310120FXXY000194").expect("a worked example"),
        kind: CommitmentKind::Voluntary,
        matter: "诚信经营".into(),
        bases: vec!["国办发〔2019〕35号".into()],
        authority: "奉贤区市场监督管理局".into(),
        authority_code: CreditCode::parse("11310120FXXY0006XF").expect("a worked example"),
        scope: Scope::Public,
        publication_term: "承诺有效期内".into(),
        valid_until: NaiveDate::from_ymd_opt(2027, 11, 23),
        agent: "李强".into(),
        signer: "王芳".into(),
        signer_role: Role::LegalRepresentative,
        signed_at: DateTime::from_timestamp(1_795_425_307, 0).unwrap_or_default().naive_utc(),
        notice: vec![],
        text: vec!["依法经营。".into(), "接受监督。".into()],
        liability: vec!["依法承担责任。".into()],
    }
}

#[test]
fn the_text_is_what_a_person_reads() {
    assert_eq!(
        statement().text(),
        "格式：chengxin-commitment/1\n申报件：0190f5a0-0000-7000-8000-000000000001\n承诺书名称：诚信经营承诺书\n\
         范本：honest-operation 第2版\n\
         范本摘要：SHA-256 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n\
         承诺人：上海奉贤示例食品有限公司\n统一社会信用代码：91310120FXXY000194\n承诺类型：主动公示型\n承诺事由：诚信经营\n\
         依据：国办发〔2019〕35号\n受理单位：奉贤区市场监督管理局\n受理单位统一社会信用代码：11310120FXXY0006XF\n\
         公开范围：可向社会公开\n公开期限：承诺有效期内\n有效期至：2027-11-23\n经办人：李强\n签署人：王芳\n\
         签署人身份：法定代表人（负责人）\n签署时间：2026-11-23 09:15:07（北京时间）\n\n\
         承诺内容\n\u{3000}\u{3000}依法经营。\n\u{3000}\u{3000}接受监督。\n\n违诺责任\n\u{3000}\u{3000}依法承担责任。\n"
    );
}

#[test]
fn what_is_unseen_or_changes_direction_is_not_plain() {
    for hidden in ["\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}", "\u{FE0F}", "\u{E0041}", "\u{3164}", "\u{2028}", "א", "م"] {
        let mut spoiled = statement();
        spoiled.text[0].insert_str(3, hidden);
        assert!(!spoiled.is_plain(), "{hidden:?}");
        assert_eq!(Statement::read(&spoiled.text()), None, "{hidden:?}");
    }
}

#[test]
fn what_is_missing_is_not_plain() {
    let spoils: [fn(&mut Statement); 8] = [
        |s| s.agent.clear(),
        |s| s.text.clear(),
        |s| s.liability.clear(),
        |s| s.signer_role = Role::Agent,
        |s| s.digest.make_ascii_uppercase(),
        |s| s.text[0].push('\n'),
        |s| s.pledger.push_str("\n承诺类型：其他"),
        |s| s.signed_at += chrono::Duration::milliseconds(5),
    ];
    assert!(statement().is_plain());
    for (at, spoil) in spoils.into_iter().enumerate() {
        let mut spoiled = statement();
        spoil(&mut spoiled);
        assert!(!spoiled.is_plain(), "spoil {at}");
    }
}

#[test]
fn typed_text_that_looks_like_a_line_of_the_head_stays_in_its_section() {
    let mut sly = statement();
    sly.text = vec!["签署人：赵六".into(), "违诺责任".into(), "无".into()];
    assert_eq!(Statement::read(&sly.text()), Some(sly));
}

#[test]
fn a_text_with_any_line_left_out_or_doubled_is_refused_or_says_something_else() {
    let text = statement().text();
    let lines: Vec<&str> = text.lines().collect();
    for at in 0..lines.len() {
        let without: Vec<&str> = lines.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, line)| *line).collect();
        let mut doubled = lines.clone();
        doubled.insert(at, lines[at]);
        for changed in [without, doubled] {
            assert_ne!(Statement::read(&format!("{}\n", changed.join("\n"))), Some(statement()), "line {at}");
        }
    }
    assert_eq!(Statement::read(text.trim_end()), None);
    assert_eq!(Statement::read(&text.replace('\n', "\r\n")), None);
}

fn line() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|typed| {
        let ordered: String = typed.chars().filter(|c| !is_right_to_left(*c)).collect();
        let line = normal_line(&ordered);
        if line.is_empty() { "无".to_owned() } else { line }
    })
}

fn lines(least: usize) -> impl Strategy<Value = Vec<String>> {
    let sly = prop_oneof![line(), Just("违诺责任".to_owned()), Just("依据：甲".to_owned()), Just("告知".to_owned())];
    proptest::collection::vec(sly, least..5)
}

fn any_statement() -> impl Strategy<Value = Statement> {
    let words = (line(), line(), line(), line(), line(), line(), line());
    let sections = (lines(0), lines(0), lines(1), lines(1));
    let facts = (0..7usize, 0..3usize, any::<u32>(), proptest::option::of(0..60_000i64), 0..4_000_000_000i64, any::<bool>());
    (words, sections, facts).prop_map(|(words, sections, facts)| Statement {
        filing: words.0,
        title: words.1,
        pledger: words.2,
        matter: words.3,
        authority: words.4,
        agent: words.5,
        signer: words.6,
        bases: sections.0,
        notice: sections.1,
        text: sections.2,
        liability: sections.3,
        kind: CommitmentKind::ALL[facts.0],
        scope: Scope::ALL[facts.1],
        version: facts.2,
        valid_until: facts.3.and_then(|days| DateTime::from_timestamp(days * 86_400, 0)).map(|at| at.date_naive()),
        signed_at: DateTime::from_timestamp(facts.4, 0).unwrap_or_default().naive_utc(),
        signer_role: if facts.5 { Role::LegalRepresentative } else { Role::Administrator },
        ..statement()
    })
}

proptest! {
    #[test]
    fn reading_a_text_gives_the_statement_back(statement in any_statement()) {
        prop_assert!(statement.is_plain());
        prop_assert_eq!(Statement::read(&statement.text()), Some(statement));
    }

    #[test]
    fn a_changed_character_is_refused_or_says_something_else(
        statement in any_statement(), place in any::<proptest::sample::Index>(), other in any::<char>(),
    ) {
        let text = statement.text();
        let mut changed: Vec<char> = text.chars().collect();
        let at = place.index(changed.len());
        changed[at] = other;
        let changed: String = changed.into_iter().collect();
        prop_assume!(changed != text);
        prop_assert_ne!(Statement::read(&changed), Some(statement));
    }

    #[test]
    fn what_can_be_read_has_that_text(text in any::<String>()) {
        if let Some(statement) = Statement::read(&text) {
            prop_assert_eq!(statement.text(), text);
        }
    }
}
