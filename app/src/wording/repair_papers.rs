//! Papers of credit repair and objection. They are for Chinese authorities and sites, so there is only one language of them.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use credit::form::FormKind;

/// What the application is called.
pub fn title(kind: FormKind) -> &'static str {
    if kind == FormKind::Objection { "异议申诉申请表" } else { "信用修复申请表" }
}

/// What a filled form says.
pub struct ApplicationWords {
    pub applicant: &'static str,
    pub name: &'static str,
    pub code: &'static str,
    pub representative: &'static str,
    pub address: &'static str,
    pub agent: &'static str,
    pub agent_number: &'static str,
    pub agent_telephone: &'static str,
    pub by_hand: &'static str,
    pub matter: &'static str,
    pub materials: &'static str,
    pub commitment: &'static str,
    pub commitment_code: &'static str,
    pub handling: &'static str,
    pub reference: &'static str,
    pub filed_at: &'static str,
    pub handling_number: &'static str,
    pub first_opinion: &'static str,
    pub second_opinion: &'static str,
    pub by_entrance: &'static str,
    pub seal: &'static str,
    pub date: &'static str,
    pub blank: &'static str,
}

/// It.
pub static APPLICATION: ApplicationWords = ApplicationWords {
    applicant: "申请人",
    name: "企业名称",
    code: "统一社会信用代码",
    representative: "法定代表人",
    address: "住所",
    agent: "经办人",
    agent_number: "经办人证件号码",
    agent_telephone: "经办人联系电话",
    by_hand: "（本网站不收集，请按官方渠道要求填写）",
    matter: "申请事项",
    materials: "材料清单",
    commitment: "信用修复承诺书",
    commitment_code: "承诺编码：",
    handling: "办理",
    reference: "申请编号（信用奉贤）",
    filed_at: "提交时间",
    handling_number: "官方办件编号",
    first_opinion: "初审意见",
    second_opinion: "复审意见",
    by_entrance: "（由官方渠道填写）",
    seal: "申请人（签章）",
    date: "日期",
    blank: "　",
};

/// What a proof of the result says.
pub struct ResultWords {
    pub title: &'static str,
    pub code_note: &'static str,
    pub enterprise: &'static str,
    pub record: &'static str,
    pub result: &'static str,
    pub decision: &'static str,
    pub granted: &'static str,
    pub note: &'static str,
    pub handler: &'static str,
    pub told_by: &'static str,
    pub platform: &'static str,
    pub decided_at: &'static str,
    pub elsewhere: &'static str,
    pub stopped: &'static str,
    pub stopped_by_market: &'static str,
    pub prevails: &'static str,
    pub how_to_ask: &'static str,
    pub application: &'static str,
    pub reference: &'static str,
    pub limits: &'static str,
}

/// It.
pub static RESULT: ResultWords = ResultWords {
    title: "信用修复结果证明",
    code_note: "用这件申请的凭证，可以在这里核验下面的指纹。",
    enterprise: "企业",
    record: "失信信息",
    result: "修复结果",
    decision: "结果",
    granted: "准予修复，终止公示",
    note: "说明",
    handler: "办理单位",
    told_by: "结果告知单位",
    platform: "区公共信用信息服务平台",
    decided_at: "作出时间",
    elsewhere: "仍在显示这条记录的网站，请更新",
    stopped: "修复后，信用中国网站停止公示这条失信信息，不再向有关部门、地方和第三方信用服务机构提供，并更新修复状态。",
    stopped_by_market: "修复后，国家企业信用信息公示系统停止公示这条失信信息。",
    prevails: "第三方信用服务机构显示的信息与信用中国不一致的，以信用中国为准，应当及时更新（《关于进一步完善信用修复制度的实施方案》，国办发〔2025〕22号）。",
    how_to_ask: "怎样要求更新：把本证明和信用中国网站的查询结果交给该网站的客服或者异议渠道，写明企业名称、统一社会信用代码、处罚决定书文号，要求停止显示并更新状态。对方不更新的，可以向信用中国网站反映。要求更新不需要付费。",
    application: "申请和凭证",
    reference: "申请编号",
    limits: "本证明由信用奉贤企业信用自助服务根据平台告知的结果生成，只说明申请办理的结果。本网站不作信用认定；记录现在的状态以公示渠道的网站为准。",
};

/// What stands on the note in a package.
pub struct NoteWords<'a> {
    /// Which form.
    pub kind: FormKind,
    /// The enterprise's name.
    pub enterprise: &'a str,
    /// The number of the application.
    pub reference: &'a str,
    /// Where it goes, in words.
    pub channel: &'a str,
    /// The official entrance.
    pub address: &'a str,
    /// The names of the files.
    pub files: &'a [String],
    /// The page on which the official number is entered.
    pub page: &'a str,
}

/// The note in a package.
pub fn note(words: &NoteWords<'_>) -> String {
    let NoteWords { kind, enterprise, reference, channel, address, files, page } = words;
    let title = title(*kind);
    let list: Vec<String> = files.iter().map(|name| format!("  {name}")).collect();
    format!(
        "{title} 材料包\n\n\
         申请人：{enterprise}\n申请编号：{reference}\n公示渠道：{channel}\n\n\
         怎样递交\n\n\
         1. 打开官方渠道：{address}\n\
         2. 打印申请表，补填本网站不收集的各项，签章；按官方渠道的要求上传或者提交材料。\n\
         3. 把官方渠道给出的办件编号登记到本网站：{page}\n\n\
         办理全程免费，不需要委托中介，也不要把短信验证码告诉任何人。\n\n\
         包里的文件\n\n{}\n\n\
         manifest.json 列出每个文件的大小和 SHA-256 值，可以用来核对文件有没有被改动。\n",
        list.join("\n")
    )
}
