//! One licence, qualification, certification, intellectual property right or honour (资质证照).

use chrono::NaiveDate;

use crate::attachment::Attachment;
use crate::credit_code::CreditCode;
use crate::draft::Draft;
use crate::form::{Answer, Audience, Field, Form, FormKind, Kind, Need, phrase};
use crate::person::Matter;
use crate::problem::{Fault, Problems};
use crate::reading::Reading;
use crate::registration::{Content, Facts};

/// 证照类别.
pub static CATEGORY: Field = Field {
    name: "category",
    kind: Kind::Choice(&[
        Answer { value: "permit", label: phrase("许可", "Permit") },
        Answer { value: "qualification", label: phrase("资质", "Qualification") },
        Answer { value: "certification", label: phrase("认证", "Certification") },
        Answer { value: "intellectual_property", label: phrase("知识产权", "Intellectual property") },
        Answer { value: "honour", label: phrase("荣誉", "Honour") },
        Answer { value: "other", label: phrase("其他", "Other") },
    ]),
    need: Need::Required,
    audience: Audience::Public,
    label: phrase("证照类别", "Kind of document"),
    hint: phrase("", ""),
};

/// 名称.
pub static TITLE: Field = Field {
    name: "title",
    kind: Kind::Line { most: 200 },
    need: Need::Required,
    audience: Audience::Public,
    label: phrase("证照名称", "Title of the document"),
    hint: phrase("与证照上的名称一致，例如：食品经营许可证", "As printed on it, for example: Food Operation Licence"),
};

/// 编号.
pub static NUMBER: Field = Field {
    name: "number",
    kind: Kind::Line { most: 100 },
    need: Need::Required,
    audience: Audience::Public,
    label: phrase("证照编号", "Number of the document"),
    hint: phrase("照抄证照上的编号", "As printed on it"),
};

/// 等级或范围.
pub static SCOPE: Field = Field {
    name: "scope",
    kind: Kind::Line { most: 200 },
    need: Need::Optional,
    audience: Audience::Public,
    label: phrase("等级或范围", "Grade or scope"),
    hint: phrase("例如：二级；热食类食品制售", "For example: grade 2"),
};

/// 发证机关.
pub static ISSUER: Field = Field {
    name: "issuer",
    kind: Kind::Line { most: 200 },
    need: Need::Required,
    audience: Audience::Public,
    label: phrase("发证机关", "Issued by"),
    hint: phrase("填写全称，例如：上海市奉贤区市场监督管理局", "Full name of the authority or body"),
};

/// 发证机关统一社会信用代码.
pub static ISSUER_CODE: Field = Field {
    name: "issuer_code",
    kind: Kind::CreditCode,
    need: Need::Optional,
    audience: Audience::Public,
    label: phrase("发证机关统一社会信用代码", "Credit code of the issuer"),
    hint: phrase("18 位；不知道可以不填", "18 characters; leave it out if you do not know it"),
};

/// 发证日期.
pub static ISSUED_ON: Field = Field {
    name: "issued_on",
    kind: Kind::Date,
    need: Need::Required,
    audience: Audience::Public,
    label: phrase("发证日期", "Date of issue"),
    hint: phrase("例如：2026-03-05 或 2026年3月5日", "For example: 2026-03-05"),
};

/// 有效期自.
pub static VALID_FROM: Field = Field {
    name: "valid_from",
    kind: Kind::Date,
    need: Need::Optional,
    audience: Audience::Public,
    label: phrase("有效期自", "Valid from"),
    hint: phrase("与发证日期相同的，可以不填", "Leave it out if it is the date of issue"),
};

/// 有效期至.
pub static VALID_UNTIL: Field = Field {
    name: "valid_until",
    kind: Kind::Date,
    need: Need::Depends,
    audience: Audience::Public,
    label: phrase("有效期至", "Valid until"),
    hint: phrase("没有截止日期的，请不填，并勾选“长期有效”", "If it has no end date, leave this out and tick “No end date”"),
};

/// 长期有效.
pub static NO_END: Field = Field {
    name: "no_end",
    kind: Kind::Tick,
    need: Need::Optional,
    audience: Audience::Public,
    label: phrase("长期有效", "No end date"),
    hint: phrase("", ""),
};

/// 查询网址.
pub static LOOK_UP: Field = Field {
    name: "look_up",
    kind: Kind::WebAddress,
    need: Need::Optional,
    audience: Audience::Public,
    label: phrase("查询网址", "Where it can be looked up"),
    hint: phrase("发证机关公开查询该证照的网址", "The issuer’s public page for it"),
};

/// 附件.
pub static FILES: Field = Field {
    name: "files",
    kind: Kind::Files,
    need: Need::Required,
    audience: Audience::Platform,
    label: phrase("证照附件", "Copy of the document"),
    hint: phrase(
        "PDF、JPG 或 PNG，每个不超过 20 MB，最多 10 个；仅供核验，不公开",
        "PDF, JPG or PNG, at most 20 MB each and 10 in all; for checking only, never published",
    ),
};

/// The form.
pub static FORM: Form = Form {
    kind: FormKind::Licence,
    version: 1,
    matter: Matter::Registration,
    title: phrase("资质证照登记", "Registration of a licence or qualification"),
    fields: &FIELDS,
};

static FIELDS: [Field; 12] =
    [CATEGORY, TITLE, NUMBER, SCOPE, ISSUER, ISSUER_CODE, ISSUED_ON, VALID_FROM, VALID_UNTIL, NO_END, LOOK_UP, FILES];

/// Until when a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// To the end of this day.
    Until(NaiveDate),
    /// It has no end date (长期).
    NoEnd,
}

/// A licence whose every field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// One of the declared categories.
    pub category: &'static str,
    /// Its title.
    pub title: String,
    /// Its number, as printed.
    pub number: String,
    /// Grade or scope.
    pub scope: Option<String>,
    /// Who issued it.
    pub issuer: String,
    /// The issuer's credit code.
    pub issuer_code: Option<CreditCode>,
    /// When it was issued; not after today.
    pub issued_on: NaiveDate,
    /// From when it holds, if not from its issue.
    pub valid_from: Option<NaiveDate>,
    /// Until when it holds; never before it begins.
    pub validity: Validity,
    /// Where the public can look it up.
    pub look_up: Option<String>,
    /// The files, all kept, at least one.
    pub files: Vec<Attachment>,
}

impl Licence {
    /// Reads a draft. `today` is the day in Shanghai.
    ///
    /// # Errors
    /// All problems at once, in the order of the form.
    pub fn parse(draft: &Draft, facts: &Facts, today: NaiveDate) -> Result<Self, Problems> {
        let mut read = Reading::of(&FORM, draft);
        let category = read.choice(&CATEGORY);
        let title = read.line(&TITLE);
        let number = read.line(&NUMBER);
        let scope = read.line(&SCOPE);
        let issuer = read.line(&ISSUER);
        let issuer_code = read.credit_code(&ISSUER_CODE);
        let issued_on = read.date(&ISSUED_ON);
        if issued_on.is_some_and(|day| day > today) {
            read.note(&ISSUED_ON, Fault::InFuture { today });
        }
        let valid_from = read.date(&VALID_FROM);
        let validity = validity(&mut read, draft, valid_from, issued_on);
        let look_up = read.web_address(&LOOK_UP);
        let files = read.files(&FILES, &facts.attachments);
        let licence = (|| {
            Some(Self {
                category: category?,
                title: title?,
                number: number?,
                scope,
                issuer: issuer?,
                issuer_code,
                issued_on: issued_on?,
                valid_from,
                validity: validity?,
                look_up,
                files,
            })
        })();
        read.finish(licence)
    }

    /// The fields in normal form, as reviewed, stored and sent. Files travel beside it.
    pub fn content(&self) -> Content {
        let no_end = matches!(self.validity, Validity::NoEnd).then(|| "yes".to_owned());
        let valid_until = match self.validity {
            Validity::Until(day) => Some(day.to_string()),
            Validity::NoEnd => None,
        };
        let fields = [
            (&CATEGORY, Some(self.category.to_owned())),
            (&TITLE, Some(self.title.clone())),
            (&NUMBER, Some(self.number.clone())),
            (&SCOPE, self.scope.clone()),
            (&ISSUER, Some(self.issuer.clone())),
            (&ISSUER_CODE, self.issuer_code.as_ref().map(ToString::to_string)),
            (&ISSUED_ON, Some(self.issued_on.to_string())),
            (&VALID_FROM, self.valid_from.map(|day| day.to_string())),
            (&VALID_UNTIL, valid_until),
            (&NO_END, no_end),
            (&LOOK_UP, self.look_up.clone()),
        ];
        fields.into_iter().filter_map(|(field, value)| Some((field.name.to_owned(), value?))).collect()
    }
}

fn validity(
    read: &mut Reading<'_>,
    draft: &Draft,
    valid_from: Option<NaiveDate>,
    issued_on: Option<NaiveDate>,
) -> Option<Validity> {
    let until = read.date(&VALID_UNTIL);
    let typed_an_end = !draft.get(&VALID_UNTIL).trim().is_empty();
    match (until, read.tick(&NO_END)) {
        (_, true) if typed_an_end => {
            read.note(&VALID_UNTIL, Fault::TwoEnds);
            None
        }
        (_, true) => Some(Validity::NoEnd),
        (Some(day), false) => {
            let (other, beginning) = match valid_from {
                Some(from) => (VALID_FROM.label, Some(from)),
                None => (ISSUED_ON.label, issued_on),
            };
            match beginning {
                Some(begins) if day < begins => {
                    read.note(&VALID_UNTIL, Fault::Before { other, day: begins });
                    None
                }
                _ => Some(Validity::Until(day)),
            }
        }
        // Something was typed that is no date: that problem is noted already.
        (None, false) if typed_an_end => None,
        (None, false) => {
            read.note(&VALID_UNTIL, Fault::NoEnd);
            None
        }
    }
}
