//! What is said of an enterprise's own commitments: its list, and taking one back.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use credit::commitment::WithdrawalRule;
use credit::form::{Phrase, phrase};

use super::Lang;

/// The words of the list and of taking back.
pub struct MyCommitmentWords {
    pub title: Phrase,
    pub door: Phrase,
    pub door_text: Phrase,
    pub lead: Phrase,
    pub begin: Phrase,
    pub keys: Phrase,
    pub to_sign: Phrase,
    pub to_sign_other: Phrase,
    pub to_sign_none: Phrase,
    pub asked_by: Phrase,
    pub drafts: Phrase,
    pub drafts_none: Phrase,
    pub under_way: Phrase,
    pub due: Phrase,
    pub in_force: Phrase,
    pub in_force_none: Phrase,
    pub expired: Phrase,
    pub ended: Phrase,
    pub valid_until: Phrase,
    pub no_end: Phrase,
    pub code: Phrase,
    pub public_page: Phrase,
    pub public_page_label: Phrase,
    pub report: Phrase,
    pub revoke: Phrase,
    pub revoke_title: Phrase,
    pub revoke_text: Phrase,
    pub may_not_revoke: Phrase,
    pub only_signers: Phrase,
}

/// Them.
pub static WORDS: MyCommitmentWords = MyCommitmentWords {
    title: phrase("我的承诺", "My commitments"),
    door: phrase("信用承诺", "Commitments"),
    door_text: phrase(
        "选择范本、签署承诺，查看哪些有效、哪些快到期。",
        "Choose a template and sign it; see which commitments hold and which end soon.",
    ),
    lead: phrase(
        "本企业的信用承诺：等待签署的、有效的、快到期的。",
        "The enterprise’s commitments: those to sign, those in force, those that end soon.",
    ),
    begin: phrase("选择范本，作出承诺", "Choose a template"),
    keys: phrase("签名密钥", "Signing keys"),
    to_sign: phrase("等待您签署", "Waiting for your signature"),
    to_sign_other: phrase("等待签署", "Waiting for a signature"),
    to_sign_none: phrase("没有等待签署的承诺。", "None waits for a signature."),
    asked_by: phrase("请求签署", "Signature asked for"),
    drafts: phrase("草稿", "Drafts"),
    drafts_none: phrase("没有承诺草稿。", "There are no drafts of commitments."),
    under_way: phrase("办理中", "Under way"),
    due: phrase("30 天内到期", "Ending within 30 days"),
    in_force: phrase("有效的承诺", "In force"),
    in_force_none: phrase("没有有效的承诺。", "None is in force."),
    expired: phrase("已到期", "Expired"),
    ended: phrase("已结束", "Ended"),
    valid_until: phrase("有效期至", "Valid until"),
    no_end: phrase("长期有效", "No end date"),
    code: phrase("承诺编码", "Code of the commitment"),
    public_page: phrase("查看公示页", "See the public page"),
    public_page_label: phrase("查看公示页：这件承诺", "See the public page: this commitment"),
    report: phrase("报告履行情况", "Report how it is kept"),
    revoke: phrase("撤回承诺", "Take the commitment back"),
    revoke_title: phrase("撤回这件承诺？", "Take this commitment back?"),
    revoke_text: phrase(
        "撤回自现在起生效，此前承诺的责任不变。公示记录保留到公示期满，并标明已撤回。撤回后不能恢复，需要时可以重新作出承诺。",
        "It takes effect from now on; the liability for the time before stays. The public record stays until its term ends and says that the commitment was withdrawn. It cannot be undone, but you can commit anew.",
    ),
    may_not_revoke: phrase("这件承诺现在不能撤回。", "This commitment cannot be taken back now."),
    only_signers: phrase(
        "只有可以代表企业签署的人才能撤回承诺。",
        "Only those who may sign for the enterprise can take a commitment back.",
    ),
};

/// Why a commitment that holds cannot be taken back, by the rule of its kind; none where it can.
pub fn cannot_revoke(rule: WithdrawalRule) -> Option<Phrase> {
    match rule {
        WithdrawalRule::FromNowOn => None,
        WithdrawalRule::WithRepair => Some(phrase(
            "信用修复型承诺不能单独撤回，只能和信用修复申请一起撤回。",
            "It belongs to an application for credit repair and can only be withdrawn together with that.",
        )),
        WithdrawalRule::UntilFinished => Some(phrase(
            "这类承诺只能在事项办结之前撤回。",
            "Commitments of this kind can be withdrawn only until the matter is finished.",
        )),
    }
}

/// Who asked for a signature and when: `王芳 2026-11-24 09:15 请求签署`.
pub fn asked(by: &str, at: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{by} 于 {at} 请求签署"),
        Lang::En => format!("{by} asked for a signature on {at}"),
    }
}
