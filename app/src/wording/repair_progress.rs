//! Where an application for repair or an objection stands and what happened to it, in words. These are not verified as what is
//! registered: they are accepted for handling, examined and decided, and what is decided is about a record.

use credit::filing::{Decision, Happening, Standing, State, Verification};
use credit::form::{FormKind, Phrase, phrase};
use credit::news::News;
use credit::repair::HandOver;

use super::Lang;
use super::life::{StateWords, Tone};

/// What the decision is about, in words that differ by kind.
struct DecisionWords {
    granted: Phrase,
    granted_next: Phrase,
    partly: Phrase,
    partly_next: Phrase,
    refused: Phrase,
    refused_next: Phrase,
    untrue: Phrase,
    untrue_next: Phrase,
}

static REPAIR: DecisionWords = DecisionWords {
    granted: phrase("准予修复", "Repair granted"),
    granted_next: phrase(
        "已办结。认定单位准予修复，这条记录终止公示。",
        "Done. The repair is granted; the publication of the record is stopped.",
    ),
    partly: phrase("部分准予修复", "Repair granted in part"),
    partly_next: phrase(
        "已办结。认定单位准予修复其中一部分，见说明。",
        "Done. Part of the repair is granted; see what is said of it.",
    ),
    refused: phrase("没有准予修复", "Repair not granted"),
    refused_next: phrase("已办结。理由和接下来可以办理的事项见下。", "Done. The reasons, and what can be done now, are below."),
    untrue: phrase("撤销修复，恢复公示", "Repair undone, record published again"),
    untrue_next: phrase(
        "认定单位撤销了修复，这条记录恢复公示，理由见下。",
        "The repair was undone and the record is published again; the reason is below.",
    ),
};

static OBJECTION: DecisionWords = DecisionWords {
    granted: phrase("异议成立", "Objection upheld"),
    granted_next: phrase(
        "已办结。异议成立，由认定单位更正记录或者停止公示。",
        "Done. The objection is upheld; the authority corrects the record or stops its publication.",
    ),
    partly: phrase("异议部分成立", "Objection upheld in part"),
    partly_next: phrase("已办结。异议的一部分成立，见说明。", "Done. Part of the objection is upheld; see what is said of it."),
    refused: phrase("异议没有成立", "Objection not upheld"),
    refused_next: REPAIR.refused_next,
    untrue: phrase("撤销异议处理结果", "Result of the objection undone"),
    untrue_next: phrase("认定单位撤销了处理结果，理由见下。", "The result was undone; the reason is below."),
};

fn of(kind: FormKind) -> &'static DecisionWords {
    if kind == FormKind::Objection { &OBJECTION } else { &REPAIR }
}

/// A refusal by its name: before it was accepted for handling, or after.
pub fn refused(kind: FormKind, was_accepted: bool) -> Phrase {
    match (kind, was_accepted) {
        (_, false) => phrase("不予受理", "Not accepted for handling"),
        (FormKind::Objection, true) => phrase("异议不成立", "Objection rejected"),
        (_, true) => phrase("不予修复", "Repair refused"),
    }
}

/// The state in words.
pub fn state(kind: FormKind, hand_over: HandOver, standing: &Standing, lang: Lang) -> StateWords {
    let package = hand_over == HandOver::Package;
    let words = of(kind);
    let (tone, name, next) = match &standing.state {
        State::Accepted if package => (
            Tone::Act,
            phrase("材料已备好，等待您递交", "Ready, to be handed over by you"),
            phrase(
                "需要您办理：下载材料包，到官方渠道递交，再回到本页填写官方办件编号。",
                "Your turn: download the package, hand it over at the official entrance, then enter its number here.",
            ),
        ),
        State::Accepted => (
            Tone::Waiting,
            phrase("已收到，正在送交平台", "Received, on its way to the platform"),
            phrase(
                "不需要您做什么。本网站会自动送交，平台收到后这里会显示回执号。",
                "Nothing for you to do. We pass it on; the platform’s receipt number will appear here.",
            ),
        ),
        State::Forwarded { .. } if package => (
            Tone::Waiting,
            phrase("已递交，等待受理", "Handed over, waiting to be accepted"),
            phrase(
                "下一步由认定单位决定是否受理。有了答复，请在本页登记。",
                "The authority decides next whether to accept it. Please enter here what you are told.",
            ),
        ),
        State::Forwarded { .. } => (
            Tone::Waiting,
            phrase("平台已收到，等待受理", "With the platform, waiting to be accepted"),
            phrase(
                "不需要您做什么。下一步由认定单位决定是否受理。",
                "Nothing for you to do. The authority decides next whether to accept it.",
            ),
        ),
        State::UnderReview { handler, .. } => {
            let next = match lang {
                Lang::Zh => format!("不需要您做什么。正在由{handler}核查。"),
                Lang::En => format!("Nothing for you to do. It is being examined by {handler}."),
            };
            return StateWords {
                name: lang.say(phrase("已受理，核查中", "Accepted, being examined")), next, tone: Tone::Waiting
            };
        }
        State::Returned { .. } => (
            Tone::Act,
            phrase("退回补正", "Returned for correction"),
            if package {
                phrase(
                    "需要您补正：按退回意见修改后重新提交，再下载新的材料包递交。",
                    "Your turn: mend what is asked for, submit again, and hand over the new package.",
                )
            } else {
                phrase("需要您补正：请按退回意见修改后重新提交。", "Your turn: mend what is asked for and submit again.")
            },
        ),
        State::Decided(Decision::Granted { verification: Verification::Verified, .. }) => {
            (Tone::Good, words.granted, words.granted_next)
        }
        State::Decided(Decision::Granted { .. }) => (Tone::Good, words.partly, words.partly_next),
        State::Decided(Decision::Refused { .. }) => (Tone::Bad, words.refused, words.refused_next),
        State::Decided(Decision::FoundUntrue { .. }) => (Tone::Bad, words.untrue, words.untrue_next),
        State::Withdrawn { .. } if package => (
            Tone::Quiet,
            phrase("已撤回", "Withdrawn"),
            phrase(
                "撤回已经生效，没有需要等待的确认。已经到官方渠道递交的，请同时在那里撤回。",
                "It is withdrawn; nothing has to be confirmed. If you have handed it over already, withdraw it there as well.",
            ),
        ),
        State::Withdrawn { confirmed: true } => {
            (Tone::Quiet, phrase("已撤回", "Withdrawn"), phrase("平台已确认撤回。", "The platform has confirmed it."))
        }
        State::Withdrawn { confirmed: false } => (
            Tone::Quiet,
            phrase("已撤回", "Withdrawn"),
            phrase("已为您撤回，正在通知平台。", "Withdrawn; the platform is being told."),
        ),
        State::Superseded { .. } => (
            Tone::Quiet,
            phrase("已由补正件代替", "Replaced by a correction"),
            phrase("请查看补正后的申请。", "See the corrected one."),
        ),
    };
    let own_word = if standing.by_own_word { lang.say(OWN_WORD) } else { "" };
    StateWords { name: lang.say(name), next: format!("{}{own_word}", lang.say(next)), tone }
}

const OWN_WORD: Phrase = phrase(
    "（由本企业自行登记，以官方渠道为准。）",
    " (Entered by the enterprise itself; what the official entrance says counts.)",
);

/// One line of the history and what was said with it; none where it is said as of any other filing. `was_accepted`: whether it
/// had been accepted for handling by then.
pub fn happening(
    kind: FormKind,
    hand_over: HandOver,
    was_accepted: bool,
    happening: &Happening,
    lang: Lang,
) -> Option<(String, Vec<String>)> {
    let package = hand_over == HandOver::Package;
    let words = of(kind);
    let say = |phrase: Phrase| lang.say(phrase).to_owned();
    Some(match happening {
        Happening::Accepted => (say(phrase("提交申请，本网站已收到", "Filed and received")), vec![]),
        Happening::Forwarded { receipt } if package => {
            let what = match lang {
                Lang::Zh => format!("登记已到官方渠道递交，办件编号 {receipt}"),
                Lang::En => format!("Entered as handed over; official number {receipt}"),
            };
            (what, vec![])
        }
        Happening::ReviewBegan { handler } => {
            let what = match lang {
                Lang::Zh => format!("{handler}受理，开始核查"),
                Lang::En => format!("{handler} accepted it and began to examine it"),
            };
            (what, vec![])
        }
        Happening::Decided(Decision::Granted { verification, note }) => {
            let name = if *verification == Verification::Verified { words.granted } else { words.partly };
            (say(name), note.iter().cloned().collect())
        }
        Happening::Decided(Decision::Refused { reasons, .. }) => (say(refused(kind, was_accepted)), reasons.clone()),
        Happening::Decided(Decision::FoundUntrue { reason }) => (say(words.untrue), vec![reason.clone()]),
        Happening::Withdrawn => (say(phrase("撤回申请", "Withdrawn")), vec![]),
        Happening::WithdrawalConfirmed if package => {
            (say(phrase("撤回生效，不需要等待确认", "The withdrawal holds; nothing has to be confirmed")), vec![])
        }
        _ => return None,
    })
}

/// A piece of news of an application or objection; none where it is said as of any other filing.
pub fn news(kind: FormKind, news: &News, lang: Lang) -> Option<(Tone, String)> {
    let words = of(kind);
    let with = |name: Phrase, more: Phrase| format!("{}{}", lang.say(name), lang.say(more));
    let see = phrase("，请查看理由", "; see the reasons");
    Some(match news {
        News::UnderReview => (Tone::Waiting, lang.say(phrase("已受理，开始核查", "Accepted, being examined")).to_owned()),
        News::Granted(Verification::Verified) => (Tone::Good, lang.say(words.granted).to_owned()),
        News::Granted(Verification::PartlyVerified) => (Tone::Good, lang.say(words.partly).to_owned()),
        News::Refused => (Tone::Bad, with(words.refused, see)),
        News::FoundUntrue => (Tone::Bad, with(words.untrue, see)),
        _ => return None,
    })
}
