//! What everyone may see of a published commitment's content: the pages, their data and the feed are all made from this.

use crate::commitment::{
    AUTHORITY, AUTHORITY_CODE, CommitmentKind, FORM, LIABILITY, MADE_ON, MATTER, PUBLIC_TEXT, PUBLICATION_TERM, TEMPLATE, TITLE,
    TYPE, VALID_UNTIL,
};
use crate::form::Field;
use crate::public_view::{Shown, public_view};
use crate::registration::Content;

/// It, with persons' data masked. Texts are Chinese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicContent {
    /// The template: `id@version`.
    pub template: String,
    /// 承诺书名称.
    pub title: String,
    /// 承诺类型.
    pub kind: CommitmentKind,
    /// 承诺事由.
    pub matter: String,
    /// 承诺内容, without what only the platform may see; one paragraph a line.
    pub text: String,
    /// 违诺责任; one paragraph a line.
    pub liability: String,
    /// 承诺作出日期, `YYYY-MM-DD`.
    pub made_on: String,
    /// The last day on which it is valid, `YYYY-MM-DD`, if it ends.
    pub valid_until: Option<String>,
    /// 受理单位.
    pub authority: String,
    /// Its credit code.
    pub authority_code: String,
    /// 公开期限, in words.
    pub publication_term: String,
}

/// What everyone may see of this content.
pub fn public_content(content: &Content) -> PublicContent {
    let mut shown = public_view(&FORM, content);
    let mut maybe = |field: &Field| {
        let at = shown.iter().position(|(known, _)| known.name == field.name)?;
        match shown.swap_remove(at).1 {
            Shown::Full(answer) => Some(answer),
            Shown::Range { .. } => None,
        }
    };
    let mut take = |field: &Field| maybe(field).unwrap_or_default();
    PublicContent {
        template: take(&TEMPLATE),
        title: take(&TITLE),
        kind: CommitmentKind::named(&take(&TYPE)).unwrap_or(CommitmentKind::Other),
        matter: take(&MATTER),
        text: take(&PUBLIC_TEXT),
        liability: take(&LIABILITY),
        made_on: take(&MADE_ON),
        authority: take(&AUTHORITY),
        authority_code: take(&AUTHORITY_CODE),
        publication_term: take(&PUBLICATION_TERM),
        valid_until: maybe(&VALID_UNTIL),
    }
}
