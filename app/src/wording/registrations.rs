//! What is said of each kind of registration before it is begun.

use credit::form::FormKind;

use super::Lang;

/// What belongs in this group, in a line.
pub fn about(kind: FormKind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (FormKind::Licence, Lang::Zh) => "许可、资质、认证、知识产权、荣誉，每次登记一件证照",
        (FormKind::Licence, Lang::En) => {
            "Permits, qualifications, certifications, intellectual property, honours; one document each"
        }
        (FormKind::Operations, Lang::Zh) => "一个年度的主营业务、从业人数、营业收入、纳税、研发等",
        (FormKind::Operations, Lang::En) => "A year’s business, people, revenue, taxes, research",
        (FormKind::Contract, Lang::Zh) => "与行政机关或者其他企业签订的合同，以及履行情况",
        (FormKind::Contract, Lang::En) => "Contracts with authorities or other enterprises, and how they were performed",
        (FormKind::PublicGood, Lang::Zh) => "捐赠、志愿服务、助学、救灾、帮扶、环保等",
        (FormKind::PublicGood, Lang::En) => "Donations, volunteering, education, relief, support, environment",
        (FormKind::Commitment, Lang::Zh) => "按照承诺书范本填写、签署的信用承诺",
        (FormKind::Commitment, Lang::En) => "Commitments made from a template and signed",
        (FormKind::Repair, Lang::Zh) => "已经整改、履行完毕的失信信息，申请终止公示",
        (FormKind::Repair, Lang::En) => "To stop the publication of a record whose matter was put right",
        (FormKind::Objection, Lang::Zh) => "失信信息的内容、公示期限或者修复结果有错，要求更正",
        (FormKind::Objection, Lang::En) => "To have a record corrected that is wrong",
        (FormKind::Fulfilment, Lang::Zh) => "向受理单位报告承诺的履行情况，可以附证明材料",
        (FormKind::Fulfilment, Lang::En) => "To tell the accepting authority how a commitment is kept, with evidence",
    }
}

/// What to have at hand.
pub fn need(kind: FormKind, lang: Lang) -> &'static [&'static str] {
    match (kind, lang) {
        (FormKind::Licence, Lang::Zh) => &["证照原件（照抄名称、编号、日期）", "证照的扫描件或清晰照片（每个不超过 20 MB）"],
        (FormKind::Licence, Lang::En) => &[
            "The document itself (copy its title, number and dates as printed)",
            "A scan or clear photograph of it (at most 20 MB each)",
        ],
        (FormKind::Operations, Lang::Zh) => &["这一年度的财务报表、纳税和社会保险数据", "审计报告等证明材料（选填）"],
        (FormKind::Operations, Lang::En) => {
            &["The year’s accounts, tax and social insurance figures", "Evidence such as an audit report (optional)"]
        }
        (FormKind::Contract, Lang::Zh) => {
            &["合同原件（编号、名称、双方、金额、日期）", "双方的统一社会信用代码", "合同和履约材料（选填）"]
        }
        (FormKind::Contract, Lang::En) => &[
            "The contract (number, title, parties, amount, dates)",
            "Both parties’ credit codes",
            "The contract and evidence of performance (optional)",
        ],
        (FormKind::PublicGood, Lang::Zh) => &["项目名称、日期、受益方", "捐赠票据、感谢信或者活动记录的扫描件或照片"],
        (FormKind::PublicGood, Lang::En) => {
            &["The project, its date and for whom it was", "A scan or photograph of the receipt, letter of thanks or record"]
        }
        // Each template says it by itself; what a repair needs depends on the penalty.
        (FormKind::Commitment | FormKind::Repair | FormKind::Fulfilment, _) => &[],
        (FormKind::Objection, Lang::Zh) => &["能证明记录有错的材料，例如处罚决定书、公示页面截图、撤销决定"],
        (FormKind::Objection, Lang::En) => {
            &["What proves that the record is wrong, such as the decision, a screenshot or the revocation"]
        }
    }
}
