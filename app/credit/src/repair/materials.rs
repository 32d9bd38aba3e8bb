//! Which proof belongs to which penalty. Orders name no list; this is the usual proof, to be confirmed with the district
//! (`docs/law.md`), and one tick for each says that the files hold it.

use crate::form::{Field, Kind, Phrase, phrase};

/// One kind of proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Material {
    /// The tick that says that it is among the files.
    pub field: &'static Field,
    /// The penalties it belongs to: words of 处罚类别 (行政处罚法 第九条) or of a list's name.
    pub of: &'static [&'static str],
    /// What serves as it; any one does. Empty in the browser, where nobody asks, as [`Field::hint`].
    pub usual: Phrase,
}

/// 缴款凭证.
pub static PAYMENT: Field = proof("proof_payment", "附件中有缴款凭证或者结案证明", "The files hold the receipt of payment");
/// 整改报告.
pub static RECTIFICATION: Field =
    proof("proof_rectification", "附件中有整改报告或者验收意见", "The files hold the report on what was put right");
/// 证照交还或者重新取得.
pub static LICENCE: Field = proof(
    "proof_licence",
    "附件中有证照交还记录、新证照或者停止经营的说明",
    "The files hold the record of the licence’s return, or the new one",
);
/// 补报记录.
pub static LATE_REPORT: Field =
    proof("proof_late_report", "附件中有补报、公示或者变更的记录", "The files hold the record of the late report or change");
/// 移出名单决定.
pub static REMOVAL: Field =
    proof("proof_removal", "附件中有移出名单的决定或者规定的证明", "The files hold the decision on removal from the list");
/// 整改情况说明.
pub static STATEMENT: Field = proof("proof_statement", "附件中有整改情况说明", "The files hold a statement of what was put right");
/// 履行义务的证明, of any other penalty.
pub static FULFILMENT_PROOF: Field =
    proof("proof_fulfilment", "附件中有履行处罚决定的证明", "The files hold proof that the decision was fulfilled");

/// Every kind of proof; the last is for penalties that none of the others belongs to.
pub static ALL: &[Material] = &[
    Material {
        field: &PAYMENT,
        of: &["罚款", "没收"],
        usual: usual(
            "写有决定书文号的非税收入缴款书、银行回单，或者结案证明",
            "A receipt with the number of the decision, or a statement that the case is closed",
        ),
    },
    Material {
        field: &RECTIFICATION,
        of: &["责令", "停产停业"],
        usual: usual(
            "附有日期和照片的整改报告，或者主管部门的验收意见",
            "A report with dates and photographs, or the authority’s opinion after inspection",
        ),
    },
    Material {
        field: &LICENCE,
        of: &["暂扣", "吊销", "降低资质", "降级"],
        usual: usual(
            "证照交还记录、新取得的证照，或者已经停止相关经营的说明",
            "The record of its return, the new licence, or a statement that the business has stopped",
        ),
    },
    Material {
        field: &LATE_REPORT,
        of: &["异常名录"],
        usual: usual(
            "补报年度报告、履行公示义务或者变更住所的记录",
            "The record of the late annual report, of the publication, or of the change of address",
        ),
    },
    Material {
        field: &REMOVAL,
        of: &["失信主体名单", "违法失信名单"],
        usual: usual(
            "列入单位作出的移出决定，或者其规定的证明",
            "The decision of the unit that listed it, or the proof that its rule names",
        ),
    },
    Material {
        field: &STATEMENT,
        of: &["警告", "通报批评"],
        usual: usual("加盖公章的整改情况说明", "A sealed statement of what was put right"),
    },
    Material {
        field: &FULFILMENT_PROOF,
        of: &[],
        usual: usual("能够证明处罚决定已经履行完毕的材料", "Anything that proves that the decision was fulfilled"),
    },
];

/// The proof that belongs to a penalty; 处罚类别 may join several kinds.
pub fn needed_for(penalty_kind: &str) -> impl Iterator<Item = &'static Material> {
    let belongs = |material: &Material, kind: &str| material.of.iter().any(|word| kind.contains(word));
    let is_known = ALL.iter().any(|material| belongs(material, penalty_kind));
    let kind = penalty_kind.to_owned();
    ALL.iter().filter(move |material| if is_known { belongs(material, &kind) } else { material.of.is_empty() })
}

const fn proof(name: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(name, Kind::Tick, zh, en).depends().platform_only()
}

const fn usual(zh: &'static str, en: &'static str) -> Phrase {
    if cfg!(target_arch = "wasm32") { phrase("", "") } else { phrase(zh, en) }
}
