//! Notices: the words of their pages, what each piece of news says, and the letters that carry it.

use credit::filing::{Performance, Verification};
use credit::form::FormKind;
use credit::news::News;

use super::life::Tone;
use super::{Lang, repair_progress};

/// The words of the notices' pages that do not depend on data.
#[allow(missing_docs, reason = "each name says where the word stands")]
pub struct NewsWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub none: &'static str,
    pub unread: &'static str,
    pub read_all: &'static str,
    pub settings: &'static str,
    pub older: &'static str,
    pub since: &'static str,
    pub all_notices: &'static str,
    pub settings_lead: &'static str,
    pub mail_off: &'static str,
    pub address: &'static str,
    pub address_hint: &'static str,
    pub enter: &'static str,
    pub addresses: &'static str,
    pub no_addresses: &'static str,
    pub confirmed: &'static str,
    pub unconfirmed: &'static str,
    pub remove: &'static str,
    pub removed: &'static str,
    pub link_sent: &'static str,
    pub link_sent_text: &'static str,
    pub confirm_title: &'static str,
    pub confirm_text: &'static str,
    pub confirm: &'static str,
    pub confirm_done: &'static str,
    pub confirm_done_text: &'static str,
    pub confirm_gone: &'static str,
    pub confirm_gone_text: &'static str,
    pub problem: &'static str,
}

/// What is wrong with an address that was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// Nothing was entered.
    Missing,
    /// It is not an e-mail address.
    NotAnAddress,
    /// It is confirmed already.
    Already,
    /// The enterprise has as many as it may.
    TooMany(i64),
    /// As many links were sent today as may be.
    TooOften,
}

impl AddressFault {
    /// The sentence.
    pub fn say(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Missing, Lang::Zh) => "请填写邮箱地址".into(),
            (Self::Missing, Lang::En) => "Enter an e-mail address".into(),
            (Self::NotAnAddress, Lang::Zh) => "这不是邮箱地址，请按 name@example.com 的样子填写".into(),
            (Self::NotAnAddress, Lang::En) => "This is not an e-mail address; it should look like name@example.com".into(),
            (Self::Already, Lang::Zh) => "这个邮箱已经确认过，不用再填".into(),
            (Self::Already, Lang::En) => "This address is confirmed already".into(),
            (Self::TooMany(most), Lang::Zh) => format!("每家企业最多 {most} 个邮箱，请先移除一个"),
            (Self::TooMany(most), Lang::En) => format!("An enterprise may have {most} addresses; remove one first"),
            (Self::TooOften, Lang::Zh) => "今天发送的确认邮件已达上限，请明天再试".into(),
            (Self::TooOften, Lang::En) => "No more confirmation mails can be sent today; try again tomorrow".into(),
        }
    }
}

/// The link in the header: the word, the number, and what a screen reader hears after it.
pub fn header(unread: i64, lang: Lang) -> (&'static str, Option<(String, &'static str)>) {
    let number = (unread > 0).then(|| {
        let number = if unread > 99 { "99+".to_owned() } else { unread.to_string() };
        (number, if lang == Lang::Zh { " 条未读" } else { " unread" })
    });
    (lang.news().title, number)
}

/// The heading of the list of what changed.
pub fn changed(count: i64, lang: Lang) -> String {
    match (count, lang) {
        (n, Lang::Zh) => format!("上次查看以来有 {n} 条新通知"),
        (1, Lang::En) => "One new notice since you last looked".into(),
        (n, Lang::En) => format!("{n} new notices since you last looked"),
    }
}

/// How many days are left, in words.
pub fn days_left(days: u64, lang: Lang) -> String {
    match (days, lang) {
        (0, Lang::Zh) => "今天到期".into(),
        (0, Lang::En) => "ends today".into(),
        (n, Lang::Zh) => format!("还有 {n} 天到期"),
        (1, Lang::En) => "ends in 1 day".into(),
        (n, Lang::En) => format!("ends in {n} days"),
    }
}

/// A piece of news of a filing of this kind: how it looks, and what it says.
pub fn say(kind: FormKind, news: &News, lang: Lang) -> (Tone, String) {
    if let Some(said) = repair_progress::news(kind, news, lang).filter(|_| kind.is_about_record()) {
        return said;
    }
    let zh = lang == Lang::Zh;
    let (tone, chinese, english): (Tone, &str, &str) = match news {
        News::Taken => (Tone::Waiting, "平台已收到，等待受理", "The platform has it"),
        News::UnderReview => (Tone::Waiting, "平台开始核验", "The platform began to verify it"),
        News::Returned => (Tone::Act, "退回补正，需要您修改后重新提交", "Returned: please mend it and submit again"),
        News::Granted(Verification::Verified) => (Tone::Good, "核验通过", "Verified"),
        News::Granted(Verification::PartlyVerified) => (Tone::Good, "部分核验通过", "Partly verified"),
        News::Refused => (Tone::Bad, "未通过核验，请查看理由", "Not verified; see the reasons"),
        News::FoundUntrue => (Tone::Bad, "经核查认定失实，请查看理由", "Found untrue; see the reasons"),
        News::WithdrawalConfirmed => (Tone::Quiet, "平台已确认撤回", "The platform confirmed the withdrawal"),
        News::WithdrawalTooLate => (
            Tone::Quiet,
            "撤回送达前平台已作出决定，以平台决定为准",
            "The platform had decided before the withdrawal reached it; its decision stands",
        ),
        News::PerformanceFound(Performance::Fulfilled) => {
            (Tone::Good, "承诺经认定全部履行", "The commitment was found to be kept wholly")
        }
        News::PerformanceFound(_) => (
            Tone::Bad,
            "承诺经认定未全部履行，请查看认定内容",
            "The commitment was found not to be wholly kept; see what was found",
        ),
        News::Published => (Tone::Good, "开始公示", "Published"),
        News::PublicationStopped => (Tone::Quiet, "终止公示", "No longer published"),
        News::Undelivered => (
            Tone::Waiting,
            "多次送交平台都没有成功，工作人员会处理，不需要重新提交",
            "It could not be delivered yet; our staff have been told, do not submit it again",
        ),
        News::Expiring { on } => {
            let words =
                if zh { format!("将于 {on} 到期，请及时更新") } else { format!("Ends on {on}; please renew it in time") };
            return (Tone::Act, words);
        }
    };
    (tone, if zh { chinese.to_owned() } else { english.to_owned() })
}

/// A letter with a piece of news: subject and text. It names the filing by its number only. `filing` and `settings` are
/// addresses on the web.
pub fn letter(kind: FormKind, news: &News, reference: &str, filing: &str, settings: &str, lang: Lang) -> (String, String) {
    let (_, what) = say(kind, news, lang);
    match lang {
        Lang::Zh => (
            format!("[信用奉贤] 申报 {reference}：{what}"),
            format!(
                "贵企业的申报 {reference} 有新情况：\n\n{what}\n\n登录后查看：\n{filing}\n\n\
                 本邮件由信用奉贤企业信用自助服务自动发出，请勿回复。本服务全程免费，不会通过邮件索要密码、验证码或者费用。\n\
                 不想再收到通知，请登录后在这里移除邮箱：\n{settings}\n"
            ),
        ),
        Lang::En => (
            format!("[Credit Fengxian] Filing {reference}: {what}"),
            format!(
                "There is news of your enterprise’s filing {reference}:\n\n{what}\n\nSign in to see it:\n{filing}\n\n\
                 This mail was sent automatically by the enterprise credit self-service of Credit Fengxian; please do not \
                 reply. The service is free; it never asks for passwords, codes or money by mail.\n\
                 To receive no more notices, sign in and remove the address here:\n{settings}\n"
            ),
        ),
    }
}

/// The letter that asks whether an address is right: subject and text.
pub fn confirmation_letter(enterprise: &str, link: &str, lang: Lang) -> (String, String) {
    match lang {
        Lang::Zh => (
            "[信用奉贤] 请确认接收通知的邮箱".to_owned(),
            format!(
                "有人为“{enterprise}”登记了这个邮箱，用来接收信用申报的办理通知。\n\n如果是您或者贵企业登记的，请在 7 天内打开下面的\
                 链接并确认：\n{link}\n\n如果不是，请不要理会，以后不会再收到邮件。\n"
            ),
        ),
        Lang::En => (
            "[Credit Fengxian] Please confirm this address for notices".to_owned(),
            format!(
                "Somebody entered this address for notices about the credit filings of “{enterprise}”.\n\nIf that was you or \
                 your enterprise, open this link within 7 days and confirm:\n{link}\n\nIf not, please ignore this mail; there \
                 will be no others.\n"
            ),
        ),
    }
}

impl Lang {
    /// The words of the notices' pages.
    pub fn news(self) -> &'static NewsWords {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }
}

static ZH: NewsWords = NewsWords {
    title: "通知",
    lead: "申报的每一次变化都会在这里通知。打开申报后，该申报的通知即为已读。同一企业的办事人看到的通知相同。",
    none: "还没有通知。",
    unread: "未读",
    read_all: "全部标为已读",
    settings: "邮件通知设置",
    older: "更早的通知",
    since: "新通知",
    all_notices: "查看全部通知",
    settings_lead: "登记邮箱后，申报有变化时会同时发送邮件。邮件只写明申报编号和变化，不含申报内容和个人信息。",
    mail_off: "本网站暂未开通邮件通知。所有变化都会在“通知”页显示。",
    address: "邮箱地址",
    address_hint: "会先向这个地址发送一封确认邮件，打开其中的链接确认后才开始发送通知",
    enter: "登记邮箱",
    addresses: "已登记的邮箱",
    no_addresses: "还没有登记邮箱。",
    confirmed: "已确认",
    unconfirmed: "等待确认",
    remove: "移除",
    removed: "邮箱已移除，不会再向它发送通知。",
    link_sent: "确认邮件正在发送",
    link_sent_text: "请到该邮箱打开邮件里的链接，7 天内有效。没有收到的，请查看垃圾邮件，或者再登记一次。",
    confirm_title: "确认接收通知的邮箱",
    confirm_text: "确认后，以下企业的申报有变化时会向这个邮箱发送通知。",
    confirm: "确认这个邮箱",
    confirm_done: "邮箱已确认",
    confirm_done_text: "今后申报有变化时会发送通知。企业的办事人可以随时登录移除。",
    confirm_gone: "这个链接已失效",
    confirm_gone_text: "链接已用过、已过期，或者邮箱已被移除。需要的话，请登录后在“邮件通知设置”中重新登记。",
    problem: "请更正以下内容",
};

static EN: NewsWords = NewsWords {
    title: "Notices",
    lead: "Every change of your filings is told here. Opening a filing marks its notices as read. All people who act for the \
           enterprise see the same notices.",
    none: "No notices yet.",
    unread: "Unread",
    read_all: "Mark all as read",
    settings: "Notices by e-mail",
    older: "Older notices",
    since: "New notices",
    all_notices: "See all notices",
    settings_lead: "Enter an address to be told of changes by e-mail as well. The mail names the filing’s number and what \
                    changed; nothing of its content, and no personal data.",
    mail_off: "This site does not send e-mail at present. Every change is shown under “Notices”.",
    address: "E-mail address",
    address_hint: "A mail with a link goes there first; notices are sent only after the link has been followed",
    enter: "Enter the address",
    addresses: "Addresses",
    no_addresses: "No address yet.",
    confirmed: "Confirmed",
    unconfirmed: "Waiting to be confirmed",
    remove: "Remove",
    removed: "The address is removed; no more notices go there.",
    link_sent: "The confirmation mail is on its way",
    link_sent_text: "Open the link in the mail; it holds for 7 days. If it does not come, look among junk mail or enter the \
                     address again.",
    confirm_title: "Confirm the address for notices",
    confirm_text: "Once confirmed, changes of this enterprise’s filings are told to this address.",
    confirm: "Confirm this address",
    confirm_done: "The address is confirmed",
    confirm_done_text: "Changes will be told from now on. The enterprise’s people can remove it at any time after signing in.",
    confirm_gone: "This link is no longer valid",
    confirm_gone_text: "It was used, it is too old, or the address was removed. If you need it, sign in and enter the address \
                        again under “Notices by e-mail”.",
    problem: "Please mend the following",
};
