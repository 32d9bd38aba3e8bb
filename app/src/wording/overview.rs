//! The overview of what an enterprise has here (我的信用信息).

use super::Lang;

/// The words that do not depend on data.
#[allow(missing_docs, reason = "each name says where the word stands")]
pub struct OverviewWords {
    pub title: &'static str,
    pub door_text: &'static str,
    pub lead: &'static str,
    pub registered: &'static str,
    pub registered_none: &'static str,
    pub checking: &'static str,
    pub returned_state: &'static str,
    pub granted: &'static str,
    pub refused: &'static str,
    pub found_untrue: &'static str,
    pub withdrawn: &'static str,
    pub to_mend: &'static str,
    pub to_mend_none: &'static str,
    pub expiring: &'static str,
    pub expiring_none: &'static str,
    pub public: &'static str,
    pub public_none: &'static str,
    pub public_link: &'static str,
    pub notices: &'static str,
    pub platform: &'static str,
    pub platform_lead: &'static str,
    pub platform_unknown: &'static str,
    pub platform_never: &'static str,
    pub read_at: &'static str,
    pub good: &'static str,
    pub not_good: &'static str,
    pub breaches: &'static str,
    pub since: &'static str,
    pub until: &'static str,
    pub basis: &'static str,
    pub records: &'static str,
    pub records_none: &'static str,
    pub take_away: &'static str,
    pub take_away_text: &'static str,
    pub json: &'static str,
    pub pdf: &'static str,
    pub no_pdf: &'static str,
    pub print: &'static str,
    pub everything: &'static str,
    pub everything_lead: &'static str,
    pub made_at: &'static str,
    pub everything_none: &'static str,
    pub more_elsewhere: &'static str,
}

impl Lang {
    /// The words of the overview.
    pub fn overview(self) -> &'static OverviewWords {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }
}

/// How many.
pub fn count(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{count} 件"),
        Lang::En => count.to_string(),
    }
}

/// How many are public.
pub fn public(count: i64, lang: Lang) -> String {
    match (count, lang) {
        (n, Lang::Zh) => format!("有 {n} 件正在公示，社会公众可以查看。"),
        (1, Lang::En) => "One item is published for everyone to see.".into(),
        (n, Lang::En) => format!("{n} items are published for everyone to see."),
    }
}

/// The platform does not answer; what is shown was read then.
pub fn platform_down(read_at: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("平台暂时没有应答。以下是 {read_at} 读到的内容，可能已有变化。"),
        Lang::En => format!("The platform does not answer just now. What follows was read at {read_at} and may have changed."),
    }
}

static ZH: OverviewWords = OverviewWords {
    title: "我的信用信息",
    door_text: "已登记、核验中、退回、即将到期、正在公示的各有多少，平台怎么记录，一页看全，并可以全部下载。",
    lead: "本企业在这里登记了什么，现在到哪一步，平台上有什么记录。",
    registered: "已登记的信息",
    registered_none: "还没有登记过信息。",
    checking: "核验中",
    returned_state: "退回补正",
    granted: "已核验",
    refused: "未通过核验",
    found_untrue: "失实",
    withdrawn: "已撤回",
    to_mend: "等待您补正",
    to_mend_none: "没有需要补正的申报。",
    expiring: "30 天内到期",
    expiring_none: "30 天内没有到期的信息。",
    public: "正在公示",
    public_none: "没有正在公示的信息。",
    public_link: "查看社会公众看到的页面",
    notices: "通知",
    platform: "平台上的记录",
    platform_lead: "以下内容由区公共信用信息服务平台提供，本网站不作认定。",
    platform_unknown: "平台上没有本企业的档案。",
    platform_never: "平台暂时没有应答，以前也没有读到过。请稍后再打开本页。",
    read_at: "读取时间",
    good: "信用承诺：没有违背承诺的记录",
    not_good: "有违背承诺的记录",
    breaches: "违背承诺的情形",
    since: "起始日期",
    until: "截止日期",
    basis: "依据",
    records: "失信信息",
    records_none: "没有失信信息。",
    take_away: "全部带走",
    take_away_text: "本企业在这里提交过的全部申报，包括内容、承诺和办理经过。附件只列出名称。",
    json: "下载全部（JSON）",
    pdf: "下载全部（PDF）",
    no_pdf: "本网站暂时不能生成 PDF，请下载 JSON，或者打印后另存为 PDF。",
    print: "打印或另存为 PDF",
    everything: "全部申报",
    everything_lead: "可以用浏览器的打印功能打印，或者另存为 PDF。",
    made_at: "生成时间",
    everything_none: "还没有提交过申报。",
    more_elsewhere: "本页只列出最新的申报，全部内容请下载 JSON。",
};

static EN: OverviewWords = OverviewWords {
    title: "My credit information",
    door_text: "What is registered, being verified, returned, ending soon or public, and what the platform has on file, on \
                one page; all of it can be downloaded.",
    lead: "What the enterprise has registered here, where it stands, and what the platform has on file.",
    registered: "Registered",
    registered_none: "Nothing is registered yet.",
    checking: "Being verified",
    returned_state: "Returned",
    granted: "Verified",
    refused: "Not verified",
    found_untrue: "Found untrue",
    withdrawn: "Withdrawn",
    to_mend: "Waiting for you to mend",
    to_mend_none: "Nothing waits to be mended.",
    expiring: "Ending within 30 days",
    expiring_none: "Nothing ends within 30 days.",
    public: "Public now",
    public_none: "Nothing is public.",
    public_link: "See the page that strangers see",
    notices: "Notices",
    platform: "On file at the platform",
    platform_lead: "What follows comes from the district’s public credit information platform; this site decides nothing of it.",
    platform_unknown: "The platform has no file of this enterprise.",
    platform_never: "The platform does not answer just now, and was never read before. Please open this page again later.",
    read_at: "Read at",
    good: "In good standing: no commitment on file was broken",
    not_good: "Commitments on file were broken",
    breaches: "Commitments that were not kept",
    since: "Since",
    until: "Until",
    basis: "Basis",
    records: "Dishonesty records",
    records_none: "No dishonesty records.",
    take_away: "Take it all with you",
    take_away_text: "All filings that the enterprise ever made here, with content, pledge and history. Files are listed by name.",
    json: "Download everything (JSON)",
    pdf: "Download everything (PDF)",
    no_pdf: "No PDF can be made here at present; download the JSON, or print the page and save it as PDF.",
    print: "Print, or save as PDF",
    everything: "All filings",
    everything_lead: "Print it with the browser, or save it as PDF there.",
    made_at: "Made at",
    everything_none: "Nothing has been filed yet.",
    more_elsewhere: "Only the newest filings are listed here; the JSON download has them all.",
};
