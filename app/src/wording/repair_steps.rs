//! What the page of an application for repair or an objection says beside its state: who has it, until when, what then, and what
//! is entered by hand where the enterprise hands it over by itself.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use chrono::NaiveDate;
use credit::form::{FormKind, Phrase, phrase};
use credit::law::appeals::{self, SetOffBy, Within};
use credit::law::deadlines::{Due, Source};
use credit::progress::{Deadline, Step};
use credit::repair::HandOver;
use credit::repair::own_word::{OwnWordFault, Told};

use super::{Lang, record_pages};

/// The words that do not depend on data.
pub struct StepWords {
    pub heading: Phrase,
    pub who: Phrase,
    pub who_enterprise: Phrase,
    pub who_portal: Phrase,
    pub who_decided: Phrase,
    pub who_ended: Phrase,
    pub step: Phrase,
    pub counted_from: Phrase,
    pub due: Phrase,
    pub extended: Phrase,
    pub result: Phrase,
    pub silence: Phrase,
    pub silence_text: Phrase,
    pub silence_law: Phrase,
    pub what_now: Phrase,
    pub again: Phrase,
    pub records: Phrase,
    pub proof: Phrase,
    pub proof_text: Phrase,
    pub no_proof: Phrase,
    pub untrue_text: Phrase,
    pub handling_number: Phrase,
    pub no_number: Phrase,
    pub own: Phrase,
    pub own_text: Phrase,
    pub own_accepted: Phrase,
    pub package: Phrase,
    pub package_again: Phrase,
    pub package_text: Phrase,
    pub entrance: Phrase,
    pub entrance_text: Phrase,
    pub number: Phrase,
    pub number_hint: Phrase,
    pub enter_number: Phrase,
    pub handed_over_on: Phrase,
    pub handed_over_on_hint: Phrase,
    pub told_on: Phrase,
    pub told_on_hint: Phrase,
    pub told: Phrase,
    pub told_lead: Phrase,
    pub told_legend: Phrase,
    pub words: Phrase,
    pub words_hint: Phrase,
    pub enter_told: Phrase,
    pub only_filers: Phrase,
    pub latest: Phrase,
    pub take_back: Phrase,
    pub take_back_text: Phrase,
    pub taken_back: Phrase,
    pub number_first: Phrase,
    pub changed_meanwhile: Phrase,
    pub not_by_hand: Phrase,
    pub platform_told: Phrase,
    pub other_open: Phrase,
    pub commitment_gone: Phrase,
    pub withdraw_text: Phrase,
    pub infected: Phrase,
    pub already: Phrase,
    pub ended: Phrase,
    pub refused_title: Phrase,
}

/// Them.
pub static WORDS: StepWords = StepWords {
    heading: phrase("办理进度", "Progress"),
    who: phrase("现在由谁办理", "Who has it now"),
    who_enterprise: phrase("本企业", "Your enterprise"),
    who_portal: phrase("本网站（正在送交平台）", "This site (on its way to the platform)"),
    who_decided: phrase("已办结", "Nobody: it was decided"),
    who_ended: phrase("已结束", "Nobody: it has ended"),
    step: phrase("现在的步骤", "Step"),
    counted_from: phrase("期限起算", "Counted from"),
    due: phrase("这一步最迟", "This step ends at the latest"),
    extended: phrase("情况复杂而延长的，最迟", "If put off for a complex case"),
    result: phrase("最迟告知结果", "You are told the result at the latest"),
    silence: phrase("到期没有答复怎么办", "If there is no answer by then"),
    silence_text: phrase(
        "没有答复不等于同意：到期不答复，记录不会因此停止公示，申请也不会因此作废。",
        "Silence is not consent: the record stays published, and your application stays open.",
    ),
    silence_law: phrase(
        "认定单位没有在法定期限内办理的，应当先依法申请行政复议；对复议决定不服的，再提起行政诉讼。",
        "If the authority does not act within its term, apply for administrative review first; only after it can you go to court.",
    ),
    what_now: phrase("接下来可以办理", "What can be done now"),
    again: phrase("改正后重新提交", "Mend it and submit again"),
    records: phrase("查看失信信息与信用修复", "See dishonesty records and credit repair"),
    proof: phrase("下载信用修复结果证明（PDF）", "Download the proof of the result (PDF)"),
    proof_text: phrase(
        "其他网站仍在显示这条记录的，可以把结果证明交给该网站，要求更新。信息不一致的，以信用中国为准。",
        "If other sites still show the record, give them this proof and ask them to update. Where they differ, Credit China prevails.",
    ),
    no_proof: phrase(
        "这个结果由本企业登记，本网站不能为它出具证明。平台告知结果后，可以在这里下载结果证明。",
        "The enterprise entered this result itself, so this site cannot prove it. Once the platform tells it, a proof can be had here.",
    ),
    untrue_text: phrase(
        "记录按原来的期限继续公示。是否还能申请修复、有没有申请限制和限制到什么时候，以平台的记录为准，见“失信信息与信用修复”。不服的，可以依法申请行政复议或者提起行政诉讼。",
        "The record goes on being published for its old term. Whether a repair can be applied for again, and from when, is in the platform’s file: see “Dishonesty records and credit repair”. You may apply for administrative review or go to court.",
    ),
    handling_number: phrase("官方办件编号", "Official number"),
    no_number: phrase("递交后登记", "To be entered once it is handed over"),
    own: phrase("由本企业自行递交", "Handed over by the enterprise"),
    own_text: phrase(
        "这件申请不由本网站送交。材料已经备齐并打成一个包，请到官方渠道递交。官方渠道办理不收费，不需要中介。",
        "This site does not send this one. The materials are ready in one package; please hand it over at the official entrance. That is free, and needs no agency.",
    ),
    own_accepted: phrase(
        "申请已安全保存。本网站不送交这件申请：请下载材料包，到官方渠道递交。请记下申报编号。",
        "It is kept safely. This site does not send it: download the package and hand it over at the official entrance. Note the filing number.",
    ),
    package: phrase("下载材料包（ZIP）", "Download the package (ZIP)"),
    package_again: phrase("再次下载材料包（ZIP）", "Download the package again (ZIP)"),
    package_text: phrase(
        "包里有申请表、承诺书及其凭证、证明材料、清单和说明。",
        "In it: the application form, the commitment with its receipt, your proofs, a list of files and a guide.",
    ),
    entrance: phrase("到官方渠道递交", "Hand it over at the official entrance"),
    entrance_text: phrase("官方渠道", "Official entrance"),
    number: phrase("填写官方办件编号", "Enter the official number"),
    number_hint: phrase(
        "递交后官方渠道给出的编号，最多 60 个字符。登记后发现填错的，可以撤销登记，重新填写。",
        "The number you are given there, at most 60 characters. If you find it wrong later, you can take the entry back and enter it anew.",
    ),
    enter_number: phrase("登记办件编号", "Enter the number"),
    handed_over_on: phrase("官方渠道收到的日期", "When the official entrance had it"),
    handed_over_on_hint: phrase(
        "受理的期限从这一天起算，以官方渠道的回执为准。例如：2026-09-18",
        "The term to accept it is counted from this day; it is on the receipt you were given. For example: 2026-09-18",
    ),
    told_on: phrase("官方作出答复的日期", "When the answer was given"),
    told_on_hint: phrase(
        "以答复写明的日期为准，下一步的期限从这一天起算。例如：2026-09-18",
        "The day that the answer names; the next term is counted from it. For example: 2026-09-18",
    ),
    told: phrase("登记官方的答复", "Enter what you were told"),
    told_lead: phrase(
        "官方渠道有了答复，请在这里登记，进度和期限会随之更新。平台另有通知的，以平台为准。",
        "Enter here what the official entrance tells you; progress and terms follow. If the platform tells otherwise, that counts.",
    ),
    told_legend: phrase("官方的答复", "The answer"),
    words: phrase("答复的内容", "What was said"),
    words_hint: phrase(
        "退回补正的写明要补正什么，不予办理的写明理由，都必须填写；已受理的可以写受理单位。最多 500 字。",
        "What is to be mended, or the reasons of a refusal, must be entered; of an acceptance you may say who accepted it. At most 500 characters.",
    ),
    enter_told: phrase("登记答复", "Enter the answer"),
    only_filers: phrase(
        "登记编号和答复，要由法定代表人、证照管理员或者有授权的经办人办理。",
        "Only the legal representative, an administrator or an agent with a mandate can enter numbers and answers.",
    ),
    latest: phrase("最近一次登记", "Your latest entry"),
    take_back: phrase("撤销这次登记", "Take this entry back"),
    take_back_text: phrase(
        "编号、日期或者答复填错了的，撤销后可以重新登记，已经填写的内容会保留在表单中。撤销的登记仍留在办理经过中。",
        "If its number, day or answer is wrong, take it back and enter it anew; what you typed is kept in the form. It stays in the history as taken back.",
    ),
    taken_back: phrase("已撤销的登记：", "Taken back: "),
    number_first: phrase(
        "请先登记官方办件编号，再登记官方的答复。",
        "Please enter the official number first, then what you were told.",
    ),
    changed_meanwhile: phrase(
        "这件申请刚刚有了变化，没有撤销任何登记。请回到这件申请，看清现在的进度后再办理。",
        "It has changed just now, so nothing was taken back. Go back to it and see where it stands first.",
    ),
    not_by_hand: phrase(
        "最近一步不是手工登记的，不能撤销。需要更正的，请拨打咨询电话。",
        "The latest step was not entered by hand, so it cannot be taken back. To correct it, please call the number at the foot of the page.",
    ),
    platform_told: phrase(
        "平台已经有通知，以平台为准，这次登记不能再撤销。需要更正的，请拨打咨询电话。",
        "The platform has told since, and that counts, so the entry cannot be taken back any more. To correct it, please call the number at the foot of the page.",
    ),
    other_open: phrase(
        "对同一条记录已经另有一件在办，这次登记不能撤销。请先撤回那一件。",
        "Another one about the same record is under way, so this entry cannot be taken back. Withdraw that one first.",
    ),
    commitment_gone: phrase(
        "这件申请所附的信用修复承诺书已经撤回或者不再有效，这次登记不能撤销。需要重新申请的，请重新签署承诺书。",
        "The commitment that it was filed with has been taken back or holds no more, so this entry cannot be taken back. To apply again, sign a new one.",
    ),
    withdraw_text: phrase(
        "撤回立即生效，不需要等待确认。这件申请由本企业自行递交：已经到官方渠道递交的，请同时在那里撤回。撤回没有任何不利影响，以后可以重新申请。",
        "It takes effect at once; nothing has to be confirmed. If you have handed it over already, withdraw it there as well. Withdrawing has no disadvantage; you can apply again.",
    ),
    infected: phrase(
        "附件中有文件被查出含有病毒，材料包不再提供下载。请撤回这件申请，换成没有病毒的文件后重新提交。",
        "Something harmful was found in one of the files, so the package is not handed out. Withdraw this one and submit again with clean files.",
    ),
    already: phrase(
        "这一步已经登记过，状态没有变化。需要更正的，请回到这件申请，撤销最近一次登记后重新登记。",
        "This has been entered already; nothing has changed. To correct it, go back, take the latest entry back and enter it anew.",
    ),
    ended: phrase("这件申请已经办结、撤回或者由补正件代替，不能再登记。", "It has ended; nothing more can be entered."),
    refused_title: phrase("没有获得准许，改正后重新提交", "Not granted: mend it and submit again"),
};

/// The name of a step.
pub fn step(step: Step) -> Phrase {
    match step {
        Step::HandOver => phrase("第 1 步，共 3 步：递交", "1 of 3: handing over"),
        Step::Acceptance => phrase("第 2 步，共 3 步：决定是否受理", "2 of 3: whether it is accepted"),
        Step::Decision => phrase("第 3 步，共 3 步：核查并作出决定", "3 of 3: examination and decision"),
        Step::Correction => phrase("补正", "Correction"),
        Step::Ended => phrase("已办结", "Ended"),
    }
}

/// When the terms begin to run, where they do not run yet or the day is none of an authority's.
pub fn not_running(step: Step, hand_over: HandOver) -> Option<Phrase> {
    match (step, hand_over) {
        (Step::HandOver, HandOver::Platform) => Some(phrase("从平台收到之日起算", "The terms begin when the platform has it")),
        (Step::HandOver, HandOver::Package) => {
            Some(phrase("从官方渠道收到之日起算", "The terms begin when the official entrance has it"))
        }
        (Step::Correction, _) => Some(phrase("补正的期限以退回意见写明的为准", "How long you have is as the remarks say")),
        _ => None,
    }
}

/// From which day a term is counted.
pub fn counted_from(day: NaiveDate, step: Step, hand_over: HandOver, lang: Lang) -> String {
    let what = match (step, hand_over) {
        (Step::Decision, HandOver::Platform) => phrase("受理之日", "accepted for handling"),
        (Step::Decision, HandOver::Package) => phrase(
            "受理之日，由本企业登记；以官方渠道为准",
            "accepted, as the enterprise entered it; what the official entrance says counts",
        ),
        (_, HandOver::Platform) => phrase("平台收到之日", "the platform had it"),
        (_, HandOver::Package) => phrase(
            "官方渠道收到之日，由本企业登记；以官方渠道为准",
            "handed over, as the enterprise entered it; what the official entrance says counts",
        ),
    };
    match lang {
        Lang::Zh => format!("{day}（{}）", lang.say(what)),
        Lang::En => format!("{day} ({})", lang.say(what)),
    }
}

/// A term with its last day and where it is written.
pub fn deadline(deadline: Deadline, today: NaiveDate, lang: Lang) -> String {
    let written = deadline.length.map(|(count, source)| length(count, source, lang)).unwrap_or_default();
    match (deadline.due, lang) {
        (Due::On(day, _), Lang::Zh) => {
            format!("{day}{}（{written}）", if day < today { "，已经过期" } else { "" })
        }
        (Due::On(day, _), Lang::En) => format!("{day}{} ({written})", if day < today { ", which is over" } else { "" }),
        (Due::NotCertain { year }, Lang::Zh) => {
            format!("准确日期算不出：国务院还没有公布 {year} 年的节假日安排（{written}）")
        }
        (Due::NotCertain { year }, Lang::En) => {
            format!("The day cannot be told: the holidays of {year} have not been announced ({written})")
        }
        (Due::NoTerm, Lang::Zh) => "没有查到确定的期限，本网站不推算日期".to_owned(),
        (Due::NoTerm, Lang::En) => "No certain term was found; this site names no day".to_owned(),
    }
}

fn length(count: u16, source: Source, lang: Lang) -> String {
    let (citation, to_be_confirmed) = match source {
        Source::Law(citation) => (citation, ""),
        Source::Setting(citation) => (citation, lang.say(phrase("；天数待确认", "; the number of days is to be confirmed"))),
    };
    match lang {
        Lang::Zh => format!("{count} 个工作日，依据{}“{}”{to_be_confirmed}", citation.document, citation.on),
        Lang::En => format!("{count} working days, by {} “{}”{to_be_confirmed}", citation.document, citation.on),
    }
}

/// Whom to ask: the authority, with these numbers; and a telephone.
pub fn ask(authority: &str, numbers: &[&str], telephone: Option<&str>, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            let call = telephone.map_or_else(|| "页面底部的咨询电话".to_owned(), |number| format!("咨询电话 {number}"));
            format!("请先向认定单位“{authority}”询问，报编号 {}；也可以拨打{call}。", numbers.join("、"))
        }
        Lang::En => {
            let call = telephone.map_or_else(|| "the number at the foot of the page".to_owned(), str::to_owned);
            format!("Ask the determining authority, “{authority}”, first, and name {}; or call {call}.", numbers.join(", "))
        }
    }
}

/// What can be done after a refusal.
pub fn after_refusal(kind: FormKind, was_accepted: bool, lang: Lang) -> Vec<String> {
    let again = match (kind, was_accepted) {
        (FormKind::Objection, _) => {
            phrase("补充证据或者改正内容后，重新提出异议。", "Add proof or mend what was wrong, and object again.")
        }
        (_, false) => phrase(
            "对照理由补齐材料；公示期未满的，等到最早可以申请的日期，再重新申请。",
            "Complete the materials as the reasons say; if it was too early, wait for the earliest day; then apply again.",
        ),
        (_, true) => phrase("对照理由改正、履行完全部义务后，重新申请。", "Put right what the reasons name, then apply again."),
    };
    let object = phrase(
        "认为结果与事实不符的，可以在“失信信息与信用修复”中对这条记录提出异议，异议类型选“对信用修复的结果有异议”。",
        "If the result does not fit the facts, object to the record under “Dishonesty records and credit repair”, on the ground that the result of a repair is wrong.",
    );
    let object = (kind != FormKind::Objection).then(|| lang.say(object).to_owned());
    std::iter::once(lang.say(again).to_owned()).chain(object).chain([appeal(lang)]).collect()
}

/// How a decision is contested, and until when as a rule.
fn appeal(lang: Lang) -> String {
    let direct = appeals::TABLE.iter().filter(|appeal| appeal.set_off_by == SetOffBy::KnowingOfTheDecision);
    let ways: Vec<String> = direct
        .map(|appeal| {
            let (name, source) = (lang.say(record_pages::remedy(appeal.remedy)), appeal.source);
            match (appeal.within, lang) {
                (Within::Days(days), Lang::Zh) => format!("{name}（{days} 日内，{}{}）", source.document, source.on),
                (Within::Months(months), Lang::Zh) => format!("{name}（{months} 个月内，{}{}）", source.document, source.on),
                (Within::Days(days), Lang::En) => format!("{name} ({days} days, {} {})", source.document, source.on),
                (Within::Months(months), Lang::En) => format!("{name} ({months} months, {} {})", source.document, source.on),
            }
        })
        .collect();
    match lang {
        Lang::Zh => format!(
            "对决定不服的，一般自知道决定之日起，可以依法申请或者提起：{}。认定单位不履行法定职责的，应当先申请行政复议。期间，公示不停止。",
            ways.join("；")
        ),
        Lang::En => format!(
            "You may contest the decision, as a rule from the day on which you know of it: {}. Where an authority does not act, review comes first. The publication does not stop meanwhile.",
            ways.join("; ")
        ),
    }
}

/// What the official entrance told, as one chooses it.
pub fn told(told: Told, kind: FormKind) -> Phrase {
    match (told, kind) {
        (Told::Accepted, _) => phrase("已受理", "Accepted for handling"),
        (Told::Returned, _) => phrase("退回补正", "Returned for correction"),
        (Told::Granted, FormKind::Objection) => phrase("异议成立", "Objection upheld"),
        (Told::Granted, _) => phrase("准予修复", "Repair granted"),
        (Told::Refused, FormKind::Objection) => phrase("不予受理或者异议不成立", "Not accepted, or rejected"),
        (Told::Refused, _) => phrase("不予受理或者不予修复", "Not accepted, or refused"),
    }
}

/// What is wrong with what was entered, and how to mend it.
pub fn fault(fault: OwnWordFault, lang: Lang) -> String {
    let words = match fault {
        OwnWordFault::NumberMissing => phrase("请填写官方办件编号", "Enter the official number"),
        OwnWordFault::NumberTooLong => phrase("办件编号最多 60 个字符", "The number has at most 60 characters"),
        OwnWordFault::NumberNotPlain => {
            phrase("办件编号中有从右到左书写的文字，请照原样填写", "The number holds letters written from right to left")
        }
        OwnWordFault::AnswerMissing => phrase("请选择官方的答复", "Choose the answer"),
        OwnWordFault::WordsMissing => {
            phrase("请写明要补正的内容或者不予办理的理由", "Say what is to be mended, or why it was refused")
        }
        OwnWordFault::WordsTooLong => phrase("答复的内容最多 500 字", "What was said has at most 500 characters"),
        OwnWordFault::DayMissing => phrase(
            "请填写日期，期限从这一天起算，例如 2026-09-18",
            "Enter the day, from which the term is counted, like 2026-09-18",
        ),
        OwnWordFault::DayUnreadable => phrase("日期请写成 2026-09-18 这样", "Write the day like 2026-09-18"),
        OwnWordFault::NoSuchDay => phrase("填写的这一天不存在，请核对年月日", "There is no such day: check year, month and day"),
        OwnWordFault::DayAhead { today } => {
            return match lang {
                Lang::Zh => format!("日期不能晚于今天（{today}），请填写已经发生的日期"),
                Lang::En => format!("The day cannot be after today ({today}): enter when it happened"),
            };
        }
        OwnWordFault::DayBeforeFiling { filed_on } => {
            return match lang {
                Lang::Zh => format!("日期不能早于在本网站提交申请的日期（{filed_on}），请核对"),
                Lang::En => format!("The day cannot be before the application was filed here ({filed_on}): please check it"),
            };
        }
        OwnWordFault::DayBeforeLast { last_on } => {
            return match lang {
                Lang::Zh => format!("日期不能早于上一步的日期（{last_on}）；上一步的日期填错了的，请先撤销那次登记"),
                Lang::En => {
                    format!(
                        "The day cannot be before that of the step before ({last_on}); if that one is wrong, take its entry back first"
                    )
                }
            };
        }
    };
    lang.say(words).to_owned()
}

/// The day that was named for an entry.
pub fn happened_on(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("日期：{day}"),
        Lang::En => format!("On {day}"),
    }
}

/// Who took an entry back, and when.
pub fn taken_back_by(at: &str, by: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{by}已于 {at} 撤销这次登记，不再作数"),
        Lang::En => format!("{by} took it back at {at}; it counts no more"),
    }
}

/// What is counted on the overview: granted, under way, refused, undone.
pub fn counted(lang: Lang) -> [&'static str; 4] {
    [phrase("获准", "Granted"), phrase("办理中", "Under way"), phrase("未获准", "Not granted"), phrase("已撤销", "Undone")]
        .map(|words| lang.say(words))
}
