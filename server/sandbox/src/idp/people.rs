//! The ready-made people. All are made up.

use chrono::Datelike;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    clock,
    enterprises::{self, ASSOCIATION, COSMETICS, LAW_FIRM, MACHINERY, ORCHARD, PASTRY},
};

/// Somebody who can sign in.
pub(crate) struct Person {
    /// The name of their button.
    pub(crate) key: &'static str,
    /// Their name.
    pub(crate) name: &'static str,
    /// Who that is, in one sentence.
    pub(crate) who: &'static str,
    /// For whom they act.
    pub(crate) acts_for: &'static [Acting],
}

/// One person's part in one enterprise.
pub(crate) struct Acting {
    /// The enterprise's code.
    pub(crate) credit_code: &'static str,
    /// The part.
    pub(crate) role: Role,
    /// What an agent may sign. Nobody but an agent needs one.
    pub(crate) mandate: &'static [&'static str],
}

/// A part in an enterprise.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// 法定代表人 or 经营者: may do everything.
    LegalRepresentative,
    /// 证照管理员: appointed by the legal representative.
    Administrator,
    /// 经办人: may do what the mandate names.
    Agent,
}

/// Everyone, in the order of the buttons.
pub(crate) const ALL: &[Person] = &[
    Person {
        key: "legal-representative",
        name: "江大海",
        who: "上海奉贤示例精密机械有限公司的法定代表人，可以填报，也可以签署。",
        acts_for: &[Acting { credit_code: MACHINERY, role: Role::LegalRepresentative, mandate: &[] }],
    },
    Person {
        key: "agent",
        name: "白小云",
        who: "同一家机械公司的经办人，持有有效授权，可以办理注册、承诺和修复。",
        acts_for: &[Acting { credit_code: MACHINERY, role: Role::Agent, mandate: &["registration", "commitment", "repair"] }],
    },
    Person {
        key: "agent-without-mandate",
        name: "甘路过",
        who: "同一家机械公司的经办人，没有授权，只能起草，不能签署。",
        acts_for: &[Acting { credit_code: MACHINERY, role: Role::Agent, mandate: &[] }],
    },
    Person {
        key: "two-enterprises",
        name: "双木森",
        who: "为两家单位办事：蜜梨合作社的法定代表人，兼机械公司的证照管理员。",
        acts_for: &[
            Acting { credit_code: ORCHARD, role: Role::LegalRepresentative, mandate: &[] },
            Acting { credit_code: MACHINERY, role: Role::Administrator, mandate: &[] },
        ],
    },
    Person {
        key: "breached",
        name: "余再来",
        who: "上海奉贤示例美妆科技有限公司的法定代表人，该公司有违背承诺的记录。",
        acts_for: &[Acting { credit_code: COSMETICS, role: Role::LegalRepresentative, mandate: &[] }],
    },
    Person {
        key: "shopkeeper",
        name: "田小点",
        who: "上海市奉贤区示例点心店（个体工商户）的经营者。",
        acts_for: &[Acting { credit_code: PASTRY, role: Role::LegalRepresentative, mandate: &[] }],
    },
    Person {
        key: "barred",
        name: "余会长",
        who: "上海市奉贤区示例行业协会的法定代表人，该协会暂时不能申请信用修复。",
        acts_for: &[Acting { credit_code: ASSOCIATION, role: Role::LegalRepresentative, mandate: &[] }],
    },
    Person {
        key: "faulty-records",
        name: "戴律师",
        who: "上海示例律师事务所的负责人，平台给出的失信信息有缺漏和矛盾。",
        acts_for: &[Acting { credit_code: LAW_FIRM, role: Role::LegalRepresentative, mandate: &[] }],
    },
];

/// The person behind a button.
pub(crate) fn find(key: &str) -> Option<&'static Person> {
    ALL.iter().find(|person| person.key == key)
}

impl Person {
    /// The subject identifier: stable, and says nothing about the person.
    pub(crate) fn subject(&self) -> String {
        format!("sandbox-{}", self.key)
    }

    /// The claim `enterprises`.
    pub(crate) fn enterprises(&self) -> Vec<Value> {
        self.acts_for.iter().filter_map(Acting::claim).collect()
    }
}

impl Acting {
    fn claim(&self) -> Option<Value> {
        let enterprise = enterprises::find(self.credit_code)?;
        // A mandate outlasts any demo that begins this year.
        let mandate = (!self.mandate.is_empty())
            .then(|| json!({ "matters": self.mandate, "until": format!("{}-12-31", clock::today().year() + 1) }));
        Some(json!({
            "credit_code": enterprise.credit_code,
            "name": enterprise.name,
            "category": enterprise.category,
            "role": self.role,
            "mandate": mandate,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_acts_for_an_enterprise_that_exists() {
        for person in ALL {
            assert_eq!(person.enterprises().len(), person.acts_for.len(), "{}", person.key);
        }
    }
}
