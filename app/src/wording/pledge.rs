//! The pledge of truth (真实性承诺) of what is filed, as shown, agreed to and frozen with the filing: of a voluntary registration,
//! and of an application for repair or an objection.
//!
//! Its elements: who, what, true and lawful and complete and valid, kept up to date, no secrets and no others' privacy,
//! accepts checks, publication as authorised, consequence of untruth. The Chinese text is the one that binds, and
//! the only one that is frozen; whoever reads English sees a translation beside it.

use credit::enterprise::Enterprise;
use credit::form::FormKind;

use super::Lang;

/// The version of the wording; raised with every change of it.
pub fn version(kind: FormKind) -> &'static str {
    if is_application(kind) { "application-2026-11" } else { "registration-2026-11" }
}

/// Whether something is applied for, and not registered.
fn is_application(kind: FormKind) -> bool {
    matches!(kind, FormKind::Repair | FormKind::Objection)
}

/// The text for this enterprise, paragraph by paragraph, as it binds.
pub fn text(kind: FormKind, enterprise: &Enterprise) -> Vec<String> {
    let Enterprise { name, code } = enterprise;
    if is_application(kind) {
        return vec![
            format!("{name}（统一社会信用代码：{code}）提出以上申请，并郑重承诺："),
            "一、申请中填写的情况和上传的材料真实、合法、完整、有效；".into(),
            "二、没有隐瞒事实，没有提供虚假材料，没有委托他人伪造材料；".into(),
            "三、接受认定单位和信用主管部门的核查；".into(),
            "四、如有不实，愿意承担相应的法律责任，接受依法依规记入信用记录、恢复公示等处理。".into(),
        ];
    }
    vec![
        format!("{name}（统一社会信用代码：{code}）自愿登记以上信息，并郑重承诺："),
        "一、登记的信息和上传的附件真实、合法、完整、有效；".into(),
        "二、信息发生变化或者失效时，及时更正或者撤回；".into(),
        "三、登记的内容不涉及国家秘密，不侵犯他人的商业秘密和个人隐私；".into(),
        "四、接受信用主管部门和有关单位的核验；".into(),
        "五、如有不实，愿意接受标注失实、停止使用、依法依规记入信用记录等处理，并承担相应的法律责任。".into(),
    ]
}

/// The same for who reads another language; nothing where the text itself is in it.
pub fn translation(kind: FormKind, enterprise: &Enterprise, lang: Lang) -> Vec<String> {
    let Enterprise { name, code } = enterprise;
    match lang {
        Lang::Zh => Vec::new(),
        Lang::En if is_application(kind) => vec![
            "Translation. The Chinese text above is the one that binds.".into(),
            format!("{name} (credit code {code}) makes the above application and pledges that:"),
            "1. what is stated and attached is true, lawful, complete and valid;".into(),
            "2. it hides nothing, gives no false materials and had none forged by others;".into(),
            "3. it accepts verification by the determining authority and the credit authority;".into(),
            "4. if it is untrue, it bears the legal liability and accepts that this be recorded and the publication resumed as law and rules provide.".into(),
        ],
        Lang::En => vec![
            "Translation. The Chinese text above is the one that binds.".into(),
            format!("{name} (credit code {code}) registers the above of its own accord and pledges that:"),
            "1. what is registered and attached is true, lawful, complete and valid;".into(),
            "2. it will correct or withdraw it without delay when it changes or lapses;".into(),
            "3. it contains no state secrets and infringes nobody’s trade secrets or privacy;".into(),
            "4. it accepts verification by the credit authority and the units concerned;".into(),
            "5. if it is untrue, it accepts that it be marked untrue, no longer used, and recorded as law and rules provide, and bears the legal liability.".into(),
        ],
    }
}
