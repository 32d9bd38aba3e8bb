//! Reading a statement's text back, line by line. What it accepts too generously its caller refuses, by writing it again.

use chrono::NaiveDateTime;

use super::{FORMAT, INDENT, LIABILITY, NO_END, NOTICE, Statement, TEXT, ZONE, role_words};
use crate::commitment::{CommitmentKind, Scope};
use crate::credit_code::CreditCode;
use crate::date::{read_day, read_time};
use crate::person::Role;

struct Lines<'a> {
    rest: std::iter::Peekable<std::str::Split<'a, char>>,
}

impl<'a> Lines<'a> {
    /// The value of the next line of the head, if it has that name.
    fn value(&mut self, name: &str) -> Option<&'a str> {
        let value = self.rest.peek()?.strip_prefix(name)?.strip_prefix('：')?;
        self.rest.next();
        Some(value)
    }

    fn owned(&mut self, name: &str) -> Option<String> {
        self.value(name).map(str::to_owned)
    }

    /// The lines of the next section, if it has that heading; an empty line stands before it.
    fn section(&mut self, heading: &str) -> Option<Vec<String>> {
        self.rest.next_if_eq(&heading)?;
        let mut lines = Vec::new();
        while let Some(line) = self.rest.peek().and_then(|line| line.strip_prefix(INDENT)) {
            lines.push(line.to_owned());
            self.rest.next();
        }
        Some(lines)
    }

    fn gap(&mut self) -> Option<()> {
        self.rest.next_if_eq(&"").map(|_| ())
    }
}

/// The statement that a text says, if it can be understood.
pub fn read(text: &str) -> Option<Statement> {
    let mut lines = Lines { rest: text.split('\n').peekable() };
    (lines.value("格式")? == FORMAT).then_some(())?;
    let filing = lines.owned("申报件")?;
    let title = lines.owned("承诺书名称")?;
    let (template, version) = lines.value("范本")?.strip_suffix('版')?.split_once(" 第")?;
    let digest = lines.value("范本摘要")?.strip_prefix("SHA-256 ")?.to_owned();
    let pledger = lines.owned("承诺人")?;
    let pledger_code = CreditCode::parse(lines.value("统一社会信用代码")?).ok()?;
    let kind = lines.value("承诺类型")?;
    let kind = CommitmentKind::ALL.into_iter().find(|known| known.label().zh == kind)?;
    let matter = lines.owned("承诺事由")?;
    let bases = std::iter::from_fn(|| lines.owned("依据")).collect();
    let authority = lines.owned("受理单位")?;
    let authority_code = CreditCode::parse(lines.value("受理单位统一社会信用代码")?).ok()?;
    let scope = lines.value("公开范围")?;
    let scope = Scope::ALL.into_iter().find(|known| known.label().zh == scope)?;
    let publication_term = lines.owned("公开期限")?;
    let valid_until = match lines.value("有效期至")? {
        NO_END => None,
        day => Some(read_day(day)?),
    };
    let agent = lines.owned("经办人")?;
    let signer = lines.owned("签署人")?;
    let role = lines.value("签署人身份")?;
    let signer_role = [Role::LegalRepresentative, Role::Administrator].into_iter().find(|known| role_words(*known) == role)?;
    let (day, hour) = lines.value("签署时间")?.strip_suffix(ZONE)?.split_once(' ')?;
    let signed_at = NaiveDateTime::new(read_day(day)?, read_time(hour)?);
    lines.gap()?;
    let notice = match lines.section(NOTICE) {
        Some(notice) => {
            lines.gap()?;
            notice
        }
        None => Vec::new(),
    };
    let text = lines.section(TEXT)?;
    lines.gap()?;
    let liability = lines.section(LIABILITY)?;
    Some(Statement {
        filing,
        template: template.to_owned(),
        version: version.parse().ok()?,
        digest,
        title,
        pledger,
        pledger_code,
        kind,
        matter,
        bases,
        authority,
        authority_code,
        scope,
        publication_term,
        valid_until,
        agent,
        signer,
        signer_role,
        signed_at,
        notice,
        text,
        liability,
    })
}
