//! Pages that say why something could not be done, and what to do now.

use super::Lang;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// No such page, or not this enterprise's.
    NotFound,
    /// The page is for people who are signed in.
    SignInNeeded,
    /// The session ended while something was being typed; it is kept.
    SignedOutTyping,
    /// More was sent than a form takes.
    TooLarge,
    /// What was sent cannot be read as a form.
    Unreadable,
    /// An address that is longer than any of ours.
    AddressTooLong,
    /// A post from another site.
    CrossSite,
    /// The identity provider cannot be reached.
    ProviderDown,
    /// Signing in was broken off at the provider.
    SignInCancelled,
    /// Who is signed in broke off signing in anew for one thing; the path from which that was asked.
    StepUpCancelled(String),
    /// What the provider answered does not hold, or the attempt is too old.
    SignInFailed,
    /// Signing in did not succeed, and what was typed before goes along to the next try.
    AnswersWait {
        /// Why it did not.
        why: Box<Self>,
        /// Where the next try begins.
        sign_in: String,
    },
    /// The platform does not answer, and what it has on file was never read before.
    PlatformDown,
    /// The person may not file.
    NotAuthorised(&'static str),
    /// The person may not do this; why, and who may.
    MayNot(&'static str),
    /// The person may not withdraw or end what was filed.
    MayNotTakeBack,
    /// It is not possible any more; why.
    NotPossible(&'static str),
    /// The file has not been looked at by the virus scanner yet.
    BeingScanned,
    /// The virus scanner found something harmful in the file.
    Infected,
    /// Too many requests.
    TooMany,
    /// Something unforeseen.
    Fault,
}

/// Title and sentences.
pub fn say(notice: &Notice, lang: Lang) -> (&'static str, Vec<&'static str>) {
    match lang {
        Lang::Zh => zh(notice),
        Lang::En => en(notice),
    }
}

fn zh(notice: &Notice) -> (&'static str, Vec<&'static str>) {
    match notice {
        Notice::NotFound => {
            ("找不到这个页面", vec!["网址可能写错，或者内容已经删除，或者它属于另一家企业。", "请从“我的申报”重新进入。"])
        }
        Notice::SignInNeeded => ("请先登录", vec!["登录后会回到您要去的页面。"]),
        Notice::SignedOutTyping => (
            "登录已失效，请重新登录",
            vec![
                "您刚才填写的内容已经暂存 1 小时。",
                "重新登录后会回到同一页，内容会放回草稿。如果刚才选择了文件，请在重新登录后再选一次。",
            ],
        ),
        Notice::TooLarge => (
            "提交的内容太大",
            vec![
                "一次提交不能超过 128 MB，每个文件不能超过 20 MB。",
                "请返回上一页，减少或压缩文件后重新提交。已保存的草稿没有受到影响。",
            ],
        ),
        Notice::Unreadable => {
            ("没有读懂提交的内容", vec!["可能是网络中断，内容没有传完。", "请返回上一页重新提交。已保存的草稿没有受到影响。"])
        }
        Notice::AddressTooLong => {
            ("网址太长", vec!["这个网址比本网站的任何网址都长，可能复制时多带了内容。", "请从本网站首页重新进入。"])
        }
        Notice::CrossSite => ("这次提交不是从本网站发出的", vec!["为了安全，没有接受这次提交。", "请从本网站的页面重新操作。"]),
        Notice::ProviderDown => (
            "暂时无法登录",
            vec!["身份认证系统没有响应，不是您的操作有误。", "请过几分钟再试。已保存的草稿和已提交的申报都没有受到影响。"],
        ),
        Notice::AnswersWait { why, .. } => {
            let (title, mut sentences) = zh(why);
            sentences.push("您先前填写的内容仍然暂存，重新登录后会放回草稿。");
            (title, sentences)
        }
        Notice::SignInCancelled => ("登录没有完成", vec!["您在身份认证系统取消了登录。", "需要办理时，请重新登录。"]),
        Notice::StepUpCancelled(_) => (
            "身份没有重新确认",
            vec!["您在身份认证系统取消了这次确认，刚才要办的事没有办理。", "您仍然处于登录状态，填写的内容没有变化。"],
        ),
        Notice::SignInFailed => (
            "登录没有成功",
            vec!["登录信息没有通过检查，或者登录页面停留太久。", "请重新登录。如果反复出现，请拨打页面底部的咨询电话。"],
        ),
        Notice::PlatformDown => (
            "平台暂时没有应答",
            vec!["这一页的内容由区公共信用信息服务平台提供，平台现在没有应答，以前也没有读到过。", "请过几分钟再打开。"],
        ),
        Notice::NotAuthorised(why) => ("您不能提交这件申报", vec![why]),
        Notice::MayNot(why) => ("您不能办理这一步", vec![why]),
        Notice::MayNotTakeBack => {
            ("您不能撤回", vec!["撤回要由法定代表人、证照管理员或有授权的经办人办理。这件申报没有任何变化，请他们登录后办理。"])
        }
        Notice::NotPossible(why) => ("这一步已经不能办理", vec![why]),
        Notice::BeingScanned => (
            "这个文件正在检查病毒",
            vec!["检查完成后才能打开，请过一分钟再试。", "文件已经收到，不会丢失；不用等检查完成，可以继续填写和提交申报。"],
        ),
        Notice::Infected => (
            "这个文件不能打开",
            vec!["文件被查出含有病毒或恶意代码，为了安全，不再提供下载。", "请在申报中移除这个文件，查杀后换一个文件上传。"],
        ),
        Notice::TooMany => ("操作太频繁", vec!["请等一分钟再试。已保存的内容没有受到影响。"]),
        Notice::Fault => (
            "系统出现故障",
            vec!["这次操作没有被接受，请不要当作已提交。", "请过几分钟再试。如果反复出现，请拨打页面底部的咨询电话。"],
        ),
    }
}

fn en(notice: &Notice) -> (&'static str, Vec<&'static str>) {
    match notice {
        Notice::NotFound => (
            "Page not found",
            vec![
                "The address may be mistyped, the content deleted, or it belongs to another enterprise.",
                "Start again from “My filings”.",
            ],
        ),
        Notice::SignInNeeded => ("Please sign in", vec!["You will come back to this page afterwards."]),
        Notice::SignedOutTyping => (
            "You have been signed out; please sign in again",
            vec![
                "What you typed is kept for one hour.",
                "After signing in you come back to the same page and your text is put into the draft. If you had chosen files, choose them again then.",
            ],
        ),
        Notice::TooLarge => (
            "That is too much at once",
            vec![
                "One submission may have at most 128 MB, each file at most 20 MB.",
                "Go back, use fewer or smaller files, and submit again. The saved draft is unharmed.",
            ],
        ),
        Notice::Unreadable => (
            "What was sent could not be read",
            vec!["The connection may have broken off.", "Go back and submit again. The saved draft is unharmed."],
        ),
        Notice::AddressTooLong => (
            "The address is too long",
            vec![
                "It is longer than any address of this site; something may have been copied along.",
                "Start again from our home page.",
            ],
        ),
        Notice::CrossSite => {
            ("This did not come from our site", vec!["For safety it was not accepted.", "Please start from a page of this site."])
        }
        Notice::ProviderDown => (
            "Signing in is not possible just now",
            vec![
                "The identity provider does not answer; you did nothing wrong.",
                "Try again in a few minutes. Drafts and filings are unharmed.",
            ],
        ),
        Notice::StepUpCancelled(_) => (
            "Your identity was not confirmed anew",
            vec![
                "You cancelled that at the identity provider, so what you were about to do was not done.",
                "You are still signed in, and nothing that you typed has changed.",
            ],
        ),
        Notice::AnswersWait { why, .. } => {
            let (title, mut sentences) = en(why);
            sentences.push("What you typed before is still kept; it is put back into the draft when you have signed in.");
            (title, sentences)
        }
        Notice::SignInCancelled => {
            ("You are not signed in", vec!["Signing in was cancelled at the identity provider.", "Sign in again when you need to."])
        }
        Notice::SignInFailed => (
            "Signing in did not succeed",
            vec![
                "What the identity provider answered did not pass our checks, or it took too long.",
                "Please sign in again. If it keeps happening, call the number at the foot of the page.",
            ],
        ),
        Notice::PlatformDown => (
            "The platform does not answer just now",
            vec![
                "What this page shows comes from the district’s public credit information platform, which does not answer and was never read before.",
                "Please open it again in a few minutes.",
            ],
        ),
        Notice::NotAuthorised(why) => ("You cannot submit this filing", vec![why]),
        Notice::MayNot(why) => ("You cannot do this", vec![why]),
        Notice::MayNotTakeBack => (
            "You cannot withdraw this",
            vec![
                "Only the legal representative, an administrator or an agent with a mandate can. Nothing has changed; ask them to sign in and do it.",
            ],
        ),
        Notice::NotPossible(why) => ("This is not possible any more", vec![why]),
        Notice::BeingScanned => (
            "This file is being checked for viruses",
            vec![
                "It opens once the check is done; please try again in a minute.",
                "The file has arrived and nothing is lost. You need not wait: go on filling in and submit.",
            ],
        ),
        Notice::Infected => (
            "This file cannot be opened",
            vec![
                "Something harmful was found in it; for safety it is not handed out any more.",
                "Remove it from the filing, clean it, and upload another one.",
            ],
        ),
        Notice::TooMany => ("Too many requests", vec!["Wait a minute and try again. What is saved is unharmed."]),
        Notice::Fault => (
            "Something went wrong",
            vec![
                "Nothing was accepted: do not take it as submitted.",
                "Try again in a few minutes. If it keeps happening, call the number at the foot of the page.",
            ],
        ),
    }
}
