//! Where a filing stands and what happened to it, in words: the state, who acts next, and each line of its history.

use credit::filing::{
    Decision, Happening, Impossible, Instant, Performance, PerformanceFound, Publication, Standing, State, Verification,
};
use credit::form::FormKind;
use credit::person::{NotAuthorised, Role};
use credit::pledge::Purpose;
use credit::repair::HandOver;

use super::{Lang, repair_progress};
use crate::time_text::minute;

/// How a state looks: the tag's variant. Colour is never the only sign; the words say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Under way.
    Waiting,
    /// Well ended.
    Good,
    /// The enterprise must act.
    Act,
    /// Refused.
    Bad,
    /// Ended without a decision.
    Quiet,
}

/// A state in words.
pub struct StateWords {
    /// The state's name.
    pub name: &'static str,
    /// What it means and who acts next.
    pub next: String,
    /// How it looks.
    pub tone: Tone,
}

/// The state in words: of a filing of this kind, handed over in this way.
pub fn state(kind: FormKind, hand_over: HandOver, standing: &Standing, lang: Lang) -> StateWords {
    if kind.is_about_record() {
        return repair_progress::state(kind, hand_over, standing, lang);
    }
    let (tone, zh, en, next_zh, next_en): (Tone, &'static str, &'static str, String, String) = match &standing.state {
        State::Accepted => (
            Tone::Waiting,
            "已收到，正在送交平台",
            "Received, on its way to the platform",
            "不需要您做什么。本网站会自动送交，平台收到后这里会显示回执号。".into(),
            "Nothing for you to do. We pass it on; the platform’s receipt number will appear here.".into(),
        ),
        State::Forwarded { .. } => (
            Tone::Waiting,
            "平台已收到，等待受理",
            "With the platform, waiting to be taken up",
            "不需要您做什么。下一步由平台受理。".into(),
            "Nothing for you to do. The platform takes it up next.".into(),
        ),
        State::UnderReview { handler, .. } => (
            Tone::Waiting,
            "平台核验中",
            "Being verified",
            format!("不需要您做什么。正在由{handler}核验。"),
            format!("Nothing for you to do. It is being verified by {handler}."),
        ),
        State::Returned { .. } => (
            Tone::Act,
            "退回补正",
            "Returned for correction",
            "需要您补正：请按平台意见修改后重新提交。".into(),
            "Your turn: mend what the platform asks for and submit again.".into(),
        ),
        State::Decided(Decision::Granted { .. }) if standing.revoked => (
            Tone::Quiet,
            "承诺已撤回",
            "Commitment taken back",
            "自撤回之日起不再有效，公示页面注明已撤回。".into(),
            "It has no effect any more since then, and its public page says that it was taken back.".into(),
        ),
        State::Decided(Decision::Granted { verification, .. }) => match verification {
            Verification::Verified => {
                (Tone::Good, "已核验", "Verified", "已办结。平台核验通过。".into(), "Done. The platform has verified it.".into())
            }
            Verification::PartlyVerified => (
                Tone::Good,
                "部分核验",
                "Partly verified",
                "已办结。平台核验了其中一部分内容。".into(),
                "Done. The platform has verified part of it.".into(),
            ),
        },
        State::Decided(Decision::Refused { .. }) => (
            Tone::Bad,
            "未通过核验",
            "Not verified",
            "已办结。平台没有核验通过，理由见下。可以改正后重新申报。".into(),
            "Done. The platform did not verify it; the reasons are below. You can file again once they are mended.".into(),
        ),
        State::Decided(Decision::FoundUntrue { .. }) => (
            Tone::Bad,
            "失实",
            "Found untrue",
            "平台查实登记内容与事实不符，已停止使用。可以更正后重新申报。".into(),
            "The platform found it untrue and no longer uses it. You can file a correction.".into(),
        ),
        State::Withdrawn { confirmed } => (
            Tone::Quiet,
            "已撤回",
            "Withdrawn",
            if *confirmed { "平台已确认撤回。".into() } else { "已为您撤回，正在通知平台。".into() },
            if *confirmed { "The platform has confirmed it.".into() } else { "Withdrawn; the platform is being told.".into() },
        ),
        State::Superseded { .. } => (
            Tone::Quiet,
            "已由补正件代替",
            "Replaced by a correction",
            "请查看补正后的申报。".into(),
            "See the corrected filing.".into(),
        ),
    };
    match lang {
        Lang::Zh => StateWords { name: zh, next: next_zh, tone },
        Lang::En => StateWords { name: en, next: next_en, tone },
    }
}

/// What a filing says that the portal itself sent back, because something harmful was found in its files. In Chinese, as the
/// platform's remarks are.
pub const INFECTED: &str = "附件没有通过本网站的病毒检查，这件申报没有送交平台。请移除下列文件，换成没有病毒的文件后重新提交。";

/// Where the publication of this filing stands; nothing while there is none. That of a commitment goes on after it was taken back,
/// and says so.
pub fn publication_of(standing: &Standing, lang: Lang) -> Option<String> {
    let words = publication(&standing.publication, lang)?;
    let goes_on = standing.revoked && matches!(standing.publication, Publication::Published { .. });
    Some(match lang {
        _ if !goes_on => words,
        Lang::Zh => format!("{words}（注明已撤回）"),
        Lang::En => format!("{words} (as taken back)"),
    })
}

/// Where the publication stands; nothing while there is none.
pub fn publication(publication: &Publication, lang: Lang) -> Option<String> {
    Some(match (publication, lang) {
        (Publication::None, _) => return None,
        (Publication::Published { until: None }, Lang::Zh) => "公示中".into(),
        (Publication::Published { until: None }, Lang::En) => "Published".into(),
        (Publication::Published { until: Some(day) }, Lang::Zh) => format!("公示中，至 {day}"),
        (Publication::Published { until: Some(day) }, Lang::En) => format!("Published until {day}"),
        (Publication::Stopped { reason }, Lang::Zh) => format!("已终止公示：{reason}"),
        (Publication::Stopped { reason }, Lang::En) => format!("No longer published: {reason}"),
        (Publication::Ended, Lang::Zh) => "企业已终止公示".into(),
        (Publication::Ended, Lang::En) => "Ended by the enterprise".into(),
    })
}

/// The platform publishes it, and the enterprise has not authorised that: nothing of it is shown here.
pub fn unauthorised_publication(lang: Lang) -> String {
    match lang {
        Lang::Zh => "企业没有授权公示，本网站没有公开。平台误作公示的，请联系平台更正".into(),
        Lang::En => {
            "You did not authorise publication: nothing is public here. If the platform shows it, ask it to correct that".into()
        }
    }
}

/// One line of the history, and what was said with it.
pub fn happening(happening: &Happening, lang: Lang) -> (String, Vec<String>) {
    let zh = lang == Lang::Zh;
    let pick = |chinese: &str, english: &str| if zh { chinese.to_owned() } else { english.to_owned() };
    match happening {
        Happening::Accepted => (pick("提交申报，本网站已收到", "Filed and received"), vec![]),
        Happening::Forwarded { receipt } => {
            (if zh { format!("平台收到，回执号 {receipt}") } else { format!("The platform has it; receipt {receipt}") }, vec![])
        }
        Happening::ReviewBegan { handler } => {
            (if zh { format!("{handler}开始核验") } else { format!("{handler} began to verify") }, vec![])
        }
        Happening::Returned { note, .. } => (pick("退回补正", "Returned for correction"), some(note)),
        Happening::Decided(Decision::Granted { verification, note }) => {
            let name = match verification {
                Verification::Verified => pick("核验通过", "Verified"),
                Verification::PartlyVerified => pick("部分核验通过", "Partly verified"),
            };
            (name, note.iter().cloned().collect())
        }
        Happening::Decided(Decision::Refused { reasons, .. }) => (pick("未通过核验", "Not verified"), reasons.clone()),
        Happening::Decided(Decision::FoundUntrue { reason }) => (pick("认定失实", "Found untrue"), some(reason)),
        Happening::AuthorisationWithdrawn { purpose } => (authorisation_withdrawn(*purpose, lang), vec![]),
        Happening::Withdrawn => (pick("撤回申报", "Withdrawn"), vec![]),
        Happening::WithdrawalConfirmed => (pick("平台确认撤回", "The platform confirmed the withdrawal"), vec![]),
        Happening::WithdrawalTooLate => (
            pick(
                "撤回送达前平台已作出决定，以平台决定为准",
                "The platform had decided before the withdrawal reached it; its decision stands",
            ),
            vec![],
        ),
        Happening::Superseded { .. } => (pick("已重新提交补正件", "A corrected filing was submitted"), vec![]),
        Happening::Revoked => (pick("撤回承诺，自撤回之日起不再有效", "Commitment taken back, with effect from then on"), vec![]),
        Happening::PerformanceFound(found) => performance_found(found, lang),
        Happening::Published { until } => match until {
            Some(day) if zh => (format!("开始公示，至 {day}"), vec![]),
            Some(day) => (format!("Published until {day}"), vec![]),
            None => (pick("开始公示", "Published"), vec![]),
        },
        Happening::PublicationStopped { reason } => (pick("终止公示", "Publication stopped"), some(reason)),
    }
}

/// How far a commitment was kept, in words.
pub fn performance(performance: Performance, lang: Lang) -> &'static str {
    match (performance, lang) {
        (Performance::Fulfilled, Lang::Zh) => "全部履行",
        (Performance::Fulfilled, Lang::En) => "Kept wholly",
        (Performance::Partly, Lang::Zh) => "部分履行",
        (Performance::Partly, Lang::En) => "Kept in part",
        (Performance::Not, Lang::Zh) => "全部未履行",
        (Performance::Not, Lang::En) => "Not kept",
    }
}

/// Who found how far a commitment was kept, and when; what was not kept and what followed stand below.
fn performance_found(found: &PerformanceFound, lang: Lang) -> (String, Vec<String>) {
    let words = performance(found.performance, lang);
    let what = match lang {
        Lang::Zh => format!("{}于 {} 认定：{words}", found.found_by, found.found_on),
        Lang::En => format!("{} found on {}: {words}", found.found_by, found.found_on),
    };
    (what, found.unfulfilled.iter().chain(&found.pursued).cloned().collect())
}

fn authorisation_withdrawn(purpose: Purpose, lang: Lang) -> String {
    let words = match (purpose, lang) {
        (Purpose::Publish, Lang::Zh) => "撤回公示授权",
        (Purpose::Publish, Lang::En) => "Authorisation to publish withdrawn",
        (Purpose::Evaluate, Lang::Zh) => "撤回用于信用评价的授权",
        (Purpose::Evaluate, Lang::En) => "Authorisation for credit evaluation withdrawn",
        (Purpose::Report, Lang::Zh) => "撤回写入信用报告的授权",
        (Purpose::Report, Lang::En) => "Authorisation for credit reports withdrawn",
    };
    words.to_owned()
}

fn some(text: &str) -> Vec<String> {
    if text.is_empty() { vec![] } else { vec![text.to_owned()] }
}

/// A role in words.
pub fn role(role: Role, lang: Lang) -> &'static str {
    match (role, lang) {
        (Role::LegalRepresentative, Lang::Zh) => "法定代表人",
        (Role::LegalRepresentative, Lang::En) => "legal representative",
        (Role::Administrator, Lang::Zh) => "证照管理员",
        (Role::Administrator, Lang::En) => "administrator",
        (Role::Agent, Lang::Zh) => "经办人",
        (Role::Agent, Lang::En) => "agent",
    }
}

/// Who it is and as what: `江大海（法定代表人）`, `… (legal representative)`.
pub fn with_role(name: &str, as_what: Role, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{name}（{}）", role(as_what, lang)),
        Lang::En => format!("{name} ({})", role(as_what, lang)),
    }
}

/// Why somebody may draft but not file, and what to do.
pub fn not_authorised(why: NotAuthorised, lang: Lang) -> &'static str {
    match (why, lang) {
        (NotAuthorised::NoMandate, Lang::Zh) => "您还没有企业的申报授权。草稿已保存，请法定代表人登录后在“我的申报”中提交。",
        (NotAuthorised::NoMandate, Lang::En) => {
            "You have no mandate from the enterprise. The draft is saved; the legal representative can submit it from “My filings”."
        }
        (NotAuthorised::OtherMatters, Lang::Zh) => "您的授权不包括这一类申报。草稿已保存，请法定代表人登录后在“我的申报”中提交。",
        (NotAuthorised::OtherMatters, Lang::En) => {
            "Your mandate does not cover this matter. The draft is saved; the legal representative can submit it from “My filings”."
        }
        (NotAuthorised::Ended, Lang::Zh) => "您的授权已到期。草稿已保存，请法定代表人续期授权，或登录后在“我的申报”中提交。",
        (NotAuthorised::Ended, Lang::En) => {
            "Your mandate has ended. The draft is saved; the legal representative can renew the mandate or submit it."
        }
    }
}

/// Why a step is not possible any more.
pub fn impossible(why: Impossible, lang: Lang) -> &'static str {
    match (why, lang) {
        (Impossible::AlreadyDecided, Lang::Zh) => "平台已经作出决定，不能再撤回。",
        (Impossible::AlreadyDecided, Lang::En) => "The platform has already decided; it cannot be withdrawn any more.",
        (Impossible::Ended, Lang::Zh) => "这件申报已经撤回或已由补正件代替。",
        (Impossible::Ended, Lang::En) => "This filing has already been withdrawn or replaced.",
        (Impossible::NotReturned, Lang::Zh) => "这件申报还没有退回或者办结，不能更正。需要修改的，可以先撤回。",
        (Impossible::NotReturned, Lang::En) => "This filing is neither returned nor decided yet. To change it, withdraw it first.",
        (Impossible::Already | Impossible::NotGranted | Impossible::NotPublished | Impossible::NotAuthorised, Lang::Zh) => {
            "这件申报的状态没有变化。"
        }
        (Impossible::Already | Impossible::NotGranted | Impossible::NotPublished | Impossible::NotAuthorised, Lang::En) => {
            "Nothing has changed."
        }
    }
}

/// How far a delivery is that was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// It is tried again.
    Waiting {
        /// Tries so far.
        tries: i64,
        /// When the next one is.
        next_at: Instant,
    },
    /// It waits for something of the filing that it corrects, which was given up.
    HeldUp,
    /// Given up, until somebody sees to it.
    GivenUp,
}

/// How far a delivery is, where there is something to be said.
pub fn undelivered(undelivered: Undelivered, lang: Lang) -> Option<String> {
    Some(match (undelivered, lang) {
        (Undelivered::Waiting { tries: 0, .. }, _) => return None,
        (Undelivered::Waiting { tries, next_at }, Lang::Zh) => {
            format!("平台暂时无法接收，已尝试 {tries} 次，将于 {} 再次自动送交。申报不会丢失。", minute(next_at))
        }
        (Undelivered::Waiting { tries, next_at }, Lang::En) => {
            format!("The platform cannot take it just now; tried {tries} times, next try {}. Your filing is safe.", minute(next_at))
        }
        (Undelivered::HeldUp, Lang::Zh) => {
            "原申报还有内容没能送到平台，这件要排在它后面送交。工作人员已经看到并会处理。申报已安全保存，不需要重新提交。".into()
        }
        (Undelivered::HeldUp, Lang::En) => {
            "Something of the filing that it replaces could not be delivered, and this one goes after it. Our staff have been told. \
             Your filing is safe, do not submit it again."
                .into()
        }
        (Undelivered::GivenUp, Lang::Zh) => "多次送交都没有成功，工作人员已经看到并会处理。申报已安全保存，不需要重新提交。".into(),
        (Undelivered::GivenUp, Lang::En) => {
            "It could not be delivered after many tries; our staff have been told. Your filing is safe, do not submit it again.".into()
        }
    })
}
