//! What is said of templates of commitments.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use credit::commitment::template::{Level, Text};
use credit::commitment::{CommitmentKind, WithdrawalRule};
use credit::form::{Phrase, phrase};

use super::Lang;

/// The words of the pages of templates.
pub struct CommitmentWords {
    pub title: Phrase,
    pub lead: Phrase,
    pub kinds: Phrase,
    pub all_kinds: Phrase,
    pub none_of_kind: Phrase,
    pub kind: Phrase,
    pub matter: Phrase,
    pub authority: Phrase,
    pub scope: Phrase,
    pub publication_term: Phrase,
    pub validity: Phrase,
    pub signers: Phrase,
    pub level: Phrase,
    pub withdrawal: Phrase,
    pub version: Phrase,
    pub digest: Phrase,
    pub notice: Phrase,
    pub ordinary_way: Phrase,
    pub bases: Phrase,
    pub text: Phrase,
    pub blanks_note: Phrase,
    pub liability: Phrase,
    pub terms: Phrase,
    pub chinese_rules: Phrase,
    pub begin: Phrase,
    pub begin_note: Phrase,
    pub old: Phrase,
    pub old_text: Phrase,
    pub newest: Phrase,
}

/// Them.
pub static WORDS: CommitmentWords = CommitmentWords {
    title: phrase("承诺书范本", "Templates of commitments"),
    lead: phrase(
        "信用承诺按照受理单位认可的范本作出。先选择范本，看清承诺的内容和违诺责任，再决定是否承诺。",
        "Commitments are made from templates that the accepting authority has approved. Read what is pledged, and what follows from a breach, before you decide.",
    ),
    kinds: phrase("按承诺类型筛选", "By kind of commitment"),
    all_kinds: phrase("全部类型", "All kinds"),
    none_of_kind: phrase("这一类型目前没有范本。", "There is no template of this kind at present."),
    kind: phrase("承诺类型", "Kind of commitment"),
    matter: phrase("承诺事由", "Matter"),
    authority: phrase("受理单位", "Accepting authority"),
    scope: phrase("公开范围", "Who may see it"),
    publication_term: phrase("公开期限", "How long it is published"),
    validity: phrase("承诺有效期", "How long it is valid"),
    signers: phrase("可以签署的人", "Who may sign"),
    level: phrase("签署方式", "How it is signed"),
    withdrawal: phrase("能否撤回", "Whether it can be withdrawn"),
    version: phrase("范本版本", "Version of the template"),
    digest: phrase("范本摘要（SHA-256）", "Digest of the template (SHA-256)"),
    notice: phrase("受理单位告知", "Notice of the accepting authority"),
    ordinary_way: phrase("也可以不作承诺", "You need not commit"),
    bases: phrase("依据", "Legal basis"),
    text: phrase("承诺内容", "What is pledged"),
    blanks_note: phrase("带底纹的是要填写的空白。", "Shaded words are blanks that you fill in."),
    liability: phrase("违诺责任", "Liability for breach"),
    terms: phrase("公开、期限和签署", "Publication, validity and signing"),
    chinese_rules: phrase(
        "承诺以中文文本为准，签署的是中文文本。",
        "A commitment is made in Chinese; the Chinese text is the one that is signed.",
    ),
    begin: phrase("填写这份承诺书", "Fill in this commitment"),
    begin_note: phrase(
        "需要登录。填写后可以先保存，签署之前都可以修改。",
        "You need to sign in. It can be kept and changed until it is signed.",
    ),
    old: phrase("这不是现行版本", "This is not the present version"),
    old_text: phrase(
        "已经按照这一版本作出的承诺仍然有效；新的承诺不再使用它。",
        "Commitments that were made from this version still stand; new ones are not made from it.",
    ),
    newest: phrase("查看现行版本", "See the present version"),
};

/// A text of a template.
pub fn text(text: &Text, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &text.zh,
        Lang::En => &text.en,
    }
}

/// What a kind is for, in a line.
pub fn about(kind: CommitmentKind) -> Phrase {
    match kind {
        CommitmentKind::ReplacesApproval => phrase("以承诺代替许可前的审查", "In place of the examination before a licence"),
        CommitmentKind::MissingMaterial => phrase("暂缺次要材料，先受理后补齐", "Accepted first, the missing material follows"),
        CommitmentKind::ReplacesCertificate => phrase("以承诺代替证明", "In place of a certificate"),
        CommitmentKind::Repair => phrase("申请信用修复时作出", "With an application for credit repair"),
        CommitmentKind::SelfDiscipline => phrase("参加行业自律时作出", "With the self-discipline of an industry"),
        CommitmentKind::Voluntary => phrase("企业主动向社会作出", "To the public, of one’s own will"),
        CommitmentKind::Other => phrase("其他承诺", "Other commitments"),
    }
}

/// What signing takes.
pub fn level(level: Level) -> Phrase {
    match level {
        Level::Signature => phrase("电子签名（国密 SM2）", "An electronic signature (SM2)"),
        Level::Confirmation => phrase("重新登录确认", "Signing in once more to confirm"),
    }
}

/// When it can be withdrawn.
pub fn withdrawal(rule: WithdrawalRule) -> Phrase {
    match rule {
        WithdrawalRule::FromNowOn => phrase(
            "可以随时撤回，撤回后不再有效；公示记录保留，并标明已撤回",
            "At any time, for the future; the public record stays and says so",
        ),
        WithdrawalRule::UntilFinished => {
            phrase("事项办结之前可以撤回，撤回后按照一般程序办理", "Until the matter is finished; it then takes the ordinary way")
        }
        WithdrawalRule::WithRepair => phrase("只能和信用修复申请一起撤回", "Only together with the application for repair"),
    }
}

/// A version: `第 2 版`.
pub fn version(version: u32, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第 {version} 版"),
        Lang::En => format!("Version {version}"),
    }
}
