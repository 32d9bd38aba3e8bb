//! The text that is signed: exactly what the signer is shown, in a form that can be read back.
//!
//! First come lines `名称：值` in a fixed order, then the sections 告知 (where there is one), 承诺内容 and 违诺责任. Every line of
//! a section begins with two full-width spaces, which no typed text can hold, so nothing typed can look like a line of the
//! head. Each statement has one text, and each text that can be read is that of one statement.

mod reading;

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::commitment::template::Template;
use crate::commitment::{CommitmentKind, Scope};
use crate::credit_code::CreditCode;
use crate::enterprise::Enterprise;
use crate::filing::Instant;
use crate::normal_text::{is_right_to_left, is_unseen, normal_line};
use crate::person::Role;
use crate::registration::Content;

/// The name of this form of the text. Another form gets another number.
pub const FORMAT: &str = "chengxin-commitment/1";

/// What begins every line of a section.
pub(super) const INDENT: &str = "\u{3000}\u{3000}";
/// What stands for an end that there is not.
pub(super) const NO_END: &str = "长期";
/// What follows the time, so that nobody has to guess the zone.
pub(super) const ZONE: &str = "（北京时间）";
pub(super) const NOTICE: &str = "告知";
pub(super) const TEXT: &str = "承诺内容";
pub(super) const LIABILITY: &str = "违诺责任";

/// Beijing is eight hours ahead of UTC all year (since 1992).
const BEIJING_MS: i64 = 8 * 60 * 60 * 1000;

/// Everything that a signer signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The id of the filing: it cannot be taken for another.
    pub filing: String,
    /// The template's id.
    pub template: String,
    /// The template's version.
    pub version: u32,
    /// SHA-256 of the template's canonical form, 64 lower-case hexadecimal digits.
    pub digest: String,
    /// 承诺书名称.
    pub title: String,
    /// 承诺人.
    pub pledger: String,
    /// 承诺人's code.
    pub pledger_code: CreditCode,
    /// 承诺类型.
    pub kind: CommitmentKind,
    /// 承诺事由.
    pub matter: String,
    /// 依据, one a line.
    pub bases: Vec<String>,
    /// 受理单位.
    pub authority: String,
    /// 受理单位's code.
    pub authority_code: CreditCode,
    /// 公开范围.
    pub scope: Scope,
    /// 公开期限, in words.
    pub publication_term: String,
    /// 有效期至; none: it has no end.
    pub valid_until: Option<NaiveDate>,
    /// 经办人: who prepared it.
    pub agent: String,
    /// 签署人.
    pub signer: String,
    /// As what the signer signs.
    pub signer_role: Role,
    /// 签署时间 on the clock in Beijing, to the second: the time that the signer was shown.
    pub signed_at: NaiveDateTime,
    /// 告知, line by line; empty where there is none.
    pub notice: Vec<String>,
    /// 承诺内容, line by line.
    pub text: Vec<String>,
    /// 违诺责任, line by line.
    pub liability: Vec<String>,
}

/// Who signs what, beside the template and its answers.
#[derive(Clone, Copy, Debug)]
pub struct Signing<'a> {
    /// The id of the filing.
    pub filing: &'a str,
    /// For whom.
    pub pledger: &'a Enterprise,
    /// Who prepared it.
    pub agent: &'a str,
    /// Who signs.
    pub signer: &'a str,
    /// As what.
    pub role: Role,
    /// When; the part of a second is left out.
    pub at: Instant,
}

impl Statement {
    /// The statement of a filled template. All of it is brought into normal form; [`Statement::is_plain`] says whether it can
    /// then be signed.
    pub fn of(template: &Template, answers: &Content, signing: Signing<'_>) -> Self {
        let filled = template.fill(answers);
        let signed_at = beijing(signing.at);
        Self {
            filing: normal_line(signing.filing),
            template: template.id.clone(),
            version: template.version,
            digest: template.digest.clone(),
            title: normal_line(&template.title.zh),
            pledger: normal_line(&signing.pledger.name),
            pledger_code: signing.pledger.code.clone(),
            kind: template.kind,
            matter: normal_line(&filled.matter),
            bases: template.bases.iter().map(|basis| normal_line(&basis.cited())).collect(),
            authority: normal_line(&template.authority.name),
            authority_code: template.authority.code.clone(),
            scope: template.scope,
            publication_term: template.publication_term.words().zh,
            valid_until: template.valid_until(signed_at.date(), answers),
            agent: normal_line(signing.agent),
            signer: normal_line(signing.signer),
            signer_role: signing.role,
            signed_at,
            notice: lines(&template.notice_lines_of(&filled.matter)),
            text: lines(&filled.text),
            liability: lines(&filled.liability),
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (name, value) in self.head() {
            text.push_str(name);
            text.push('：');
            text.push_str(&value);
            text.push('\n');
        }
        for (heading, lines) in [(NOTICE, &self.notice), (TEXT, &self.text), (LIABILITY, &self.liability)] {
            if lines.is_empty() && heading == NOTICE {
                continue;
            }
            text.push('\n');
            text.push_str(heading);
            text.push('\n');
            for line in lines {
                text.push_str(INDENT);
                text.push_str(line);
                text.push('\n');
            }
        }
        text
    }

    /// Reads a text back: the one statement whose text it is, byte for byte.
    pub fn read(text: &str) -> Option<Self> {
        let statement = reading::read(text)?;
        (statement.is_plain() && statement.text() == text).then_some(statement)
    }

    /// Whether every part is there and in normal form, and nothing in it is unseen or changes the order of what is shown.
    pub fn is_plain(&self) -> bool {
        let hexadecimal = self.digest.len() == 64 && self.digest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let sections = !self.text.is_empty() && !self.liability.is_empty();
        let template = !self.template.contains(' ');
        let whole_second = self.signed_at.and_utc().timestamp_subsec_nanos() == 0;
        let single = [
            &self.filing,
            &self.template,
            &self.title,
            &self.pledger,
            &self.matter,
            &self.authority,
            &self.publication_term,
            &self.agent,
            &self.signer,
        ];
        let all = [&self.bases, &self.notice, &self.text, &self.liability];
        let role = self.signer_role != Role::Agent;
        hexadecimal
            && sections
            && template
            && whole_second
            && role
            && single.into_iter().chain(all.into_iter().flatten()).all(|line| is_plain_line(line))
    }

    /// The lines of the head.
    pub fn head(&self) -> Vec<(&'static str, String)> {
        let mut head = vec![
            ("格式", FORMAT.to_owned()),
            ("申报件", self.filing.clone()),
            ("承诺书名称", self.title.clone()),
            ("范本", format!("{} 第{}版", self.template, self.version)),
            ("范本摘要", format!("SHA-256 {}", self.digest)),
            ("承诺人", self.pledger.clone()),
            ("统一社会信用代码", self.pledger_code.to_string()),
            ("承诺类型", self.kind.label().zh.to_owned()),
            ("承诺事由", self.matter.clone()),
        ];
        head.extend(self.bases.iter().map(|basis| ("依据", basis.clone())));
        head.extend([
            ("受理单位", self.authority.clone()),
            ("受理单位统一社会信用代码", self.authority_code.to_string()),
            ("公开范围", self.scope.label().zh.to_owned()),
            ("公开期限", self.publication_term.clone()),
            ("有效期至", self.valid_until.map_or_else(|| NO_END.to_owned(), |last| last.to_string())),
            ("经办人", self.agent.clone()),
            ("签署人", self.signer.clone()),
            ("签署人身份", role_words(self.signer_role).to_owned()),
            ("签署时间", format!("{} {}{ZONE}", self.signed_at.date(), self.signed_at.time())),
        ]);
        head
    }
}

/// A role as it stands in a statement.
pub(super) fn role_words(role: Role) -> &'static str {
    match role {
        Role::LegalRepresentative => "法定代表人（负责人）",
        Role::Administrator => "证照管理员",
        Role::Agent => "经办人",
    }
}

fn lines(texts: &[String]) -> Vec<String> {
    texts.iter().map(|line| normal_line(line)).filter(|line| !line.is_empty()).collect()
}

fn is_plain_line(line: &str) -> bool {
    !line.is_empty() && normal_line(line) == line && !line.chars().any(|c| is_unseen(c) || is_right_to_left(c))
}

pub(super) fn beijing(at: Instant) -> NaiveDateTime {
    let wall = at.saturating_add(BEIJING_MS).div_euclid(1000);
    DateTime::from_timestamp(wall, 0).unwrap_or_default().naive_utc()
}
