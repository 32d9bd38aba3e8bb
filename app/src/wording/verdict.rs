//! What is said of a receipt that was verified: on the page, in the browser, on the command line and on paper.
//!
//! The browser's module carries these words and not those around them, so they stand apart.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use credit::form::{Phrase, phrase};

/// The words.
pub struct VerdictWords {
    pub holds: Phrase,
    pub holds_commitment: Phrase,
    pub of_paper: Phrase,
    pub who: Phrase,
    pub matter: Phrase,
    pub commitment_code: Phrase,
    pub reference: Phrase,
    pub accepted_at: Phrase,
    pub signed: Phrase,
    pub signed_how: Phrase,
    pub valid_until: Phrase,
    pub no_end: Phrase,
    pub ended: Phrase,
    pub not_ended: Phrase,
    pub entry: Phrase,
    pub check_form: Phrase,
    pub check_checkpoint: Phrase,
    pub check_entry: Phrase,
    pub check_document: Phrase,
    pub check_signature: Phrase,
    pub check_enrolment: Phrase,
    pub check_filed: Phrase,
    pub check_confirmed: Phrase,
    pub now: Phrase,
}

/// Them.
pub static VERDICT: VerdictWords = VerdictWords {
    holds: phrase("凭证真实，没有被改动", "The receipt is genuine and unchanged"),
    holds_commitment: phrase("承诺真实，没有被改动", "The commitment is genuine and unchanged"),
    of_paper: phrase(
        "核验的是 PDF 里所附的凭证数据。请以下面显示的内容为准：纸面或者 PDF 页面上写的如果与此不同，就是被改过的。",
        "What was checked is the receipt attached to the PDF. Go by what stands below: if the page of the PDF says anything else, it was changed.",
    ),
    who: phrase("企业", "Enterprise"),
    matter: phrase("事项", "Matter"),
    commitment_code: phrase("承诺编码", "Commitment code"),
    reference: phrase("受理编号", "Reference"),
    accepted_at: phrase("受理时间", "Accepted"),
    signed: phrase("签署人", "Signed by"),
    signed_how: phrase("签署方式", "How it was signed"),
    valid_until: phrase("有效期至", "Valid until"),
    no_end: phrase("长期", "Without end"),
    ended: phrase("已经到期", "ended"),
    not_ended: phrase("尚未到期", "not ended yet"),
    entry: phrase("公开日志条目", "Entry in the public log"),
    check_form: phrase("文件是一份完整的凭证", "The file is a whole receipt"),
    check_checkpoint: phrase("公开日志的签名有效", "The public log’s signature holds"),
    check_entry: phrase("受理回执记在公开日志里", "The acceptance is in the public log"),
    check_document: phrase("正文与受理时一字不差", "The document is to the letter what was accepted"),
    check_signature: phrase("电子签名（SM2）是对这份正文作出的", "The electronic signature (SM2) is of this document"),
    check_enrolment: phrase(
        "签名密钥由签署人本人登记，登记也记在公开日志里",
        "The key was enrolled by the signatory, and the enrolment is in the public log",
    ),
    check_filed: phrase(
        "没有电子签名：由登录的人员在网上提交，以本站的受理记录为凭",
        "No electronic signature: sent by somebody who had signed in; our record of the acceptance stands for that",
    ),
    check_confirmed: phrase(
        "没有电子签名：签署人在身份认证后五分钟内确认，以本站的受理记录为凭",
        "No electronic signature: the signatory confirmed within five minutes of proving who they are; our record stands for that",
    ),
    now: phrase("现在的状态", "State now"),
};
