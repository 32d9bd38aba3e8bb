//! What is said where a commitment is read once more and signed.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use credit::commitment::CommitmentKind;
use credit::form::{Phrase, phrase};

/// The words.
pub struct SigningWords {
    pub title: Phrase,
    pub step: Phrase,
    pub lead: Phrase,
    pub lead_agent: Phrase,
    pub prepared_by: Phrase,
    pub to_be_signed: Phrase,
    pub text: Phrase,
    pub chinese: Phrase,
    pub choose: Phrase,
    pub ordinary: Phrase,
    pub sign: Phrase,
    pub sign_button: Phrase,
    pub no_key: Phrase,
    pub no_key_text: Phrase,
    pub enrol: Phrase,
    pub confirm: Phrase,
    pub confirm_text: Phrase,
    pub confirm_button: Phrase,
    pub prove: Phrase,
    pub prove_text: Phrase,
    pub ask: Phrase,
    pub ask_text: Phrase,
    pub ask_button: Phrase,
    pub ask_again: Phrase,
    pub asked: Phrase,
    pub asked_text: Phrase,
    pub link: Phrase,
    pub other_role: Phrase,
    pub breach: Phrase,
    pub not_asked: Phrase,
    pub not_asked_text: Phrase,
    pub replaced: Phrase,
    pub replaced_text: Phrase,
    pub replaced_button: Phrase,
    pub changed: Phrase,
    pub too_old: Phrase,
    pub not_chosen: Phrase,
    pub key_gone: Phrase,
    pub does_not_hold: Phrase,
    pub not_plain: Phrase,
    pub back: Phrase,
    pub nobody_yet: Phrase,
}

/// Them.
pub static WORDS: SigningWords = SigningWords {
    title: phrase("核对并签署承诺书", "Read and sign the commitment"),
    step: phrase("第 2 步，共 2 步", "Step 2 of 2"),
    lead: phrase(
        "请逐字核对。您签署的就是下面方框里的全部文字，签署之后一个字也不能改动。",
        "Read every word. What you sign is exactly the text in the box; after that not one character of it can change.",
    ),
    lead_agent: phrase(
        "请逐字核对。承诺书由范本规定的人签署；签署人和签署时间以签署时为准，上面的时间只是示意。",
        "Read every word. Whoever the template names signs it; who that is and when is written when it is signed, the time above only shows the place.",
    ),
    prepared_by: phrase("经办人", "Prepared by"),
    to_be_signed: phrase("等待签署", "Waiting to be signed"),
    text: phrase("承诺书全文", "The commitment"),
    chinese: phrase("", "The Chinese text is the one that is signed and binds."),
    choose: phrase(
        "我已经看清告知的内容，本企业自愿选择以告知承诺方式办理",
        "I have read what is notified, and my enterprise chooses of its own will to pledge instead of the ordinary way",
    ),
    ordinary: phrase("不愿意承诺的，可以选择普通方式办理：", "You need not pledge; the ordinary way is: "),
    sign: phrase("电子签名", "Sign electronically"),
    sign_button: phrase("签署并提交", "Sign and submit"),
    no_key: phrase("这台设备还没有您的签名密钥", "You have no signing key yet"),
    no_key_text: phrase(
        "登记签名密钥只需要几分钟：重新验证身份，设置一个 PIN（请记住，无法找回）。密钥留在您的浏览器里，本网站拿不到。",
        "Enrolling one takes a few minutes: prove who you are once more and set a PIN (remember it: nobody can bring it back). The key stays in your browser; we never have it.",
    ),
    enrol: phrase("登记签名密钥", "Enrol a signing key"),
    confirm: phrase("验证身份后确认", "Confirm after proving who you are"),
    confirm_text: phrase(
        "这份承诺书也可以不用电子签名：您在五分钟之内验证过身份，按下按钮即为确认。公示时会写明采用的是哪一种方式。",
        "This commitment can also be made without an electronic signature: you proved who you are within the last five minutes, so pressing the button confirms it. What is published says which of the two it was.",
    ),
    confirm_button: phrase("确认并提交", "Confirm and submit"),
    prove: phrase("重新验证身份", "Prove anew who you are"),
    prove_text: phrase(
        "这份承诺书也可以不用电子签名，重新验证身份后确认即可。公示时会写明采用的是哪一种方式。",
        "This commitment can also be made without an electronic signature: prove anew who you are, then confirm. What is published says which of the two it was.",
    ),
    ask: phrase("请签署人签署", "Ask for the signature"),
    ask_text: phrase(
        "您可以起草，不能签署。按下按钮后，这份承诺书会列入签署人的“待签署”；也可以把下面的链接发给签署人。",
        "You can prepare it but not sign it. The button puts it into the signatories’ list; you can also pass the link on.",
    ),
    ask_button: phrase("请求签署", "Ask for the signature"),
    ask_again: phrase("再请求一次", "Ask again"),
    asked: phrase("已请求签署", "The signature was asked for"),
    asked_text: phrase(
        "法定代表人或者证照管理员登录后，在“我的申报”里可以看到。",
        "The legal representative and the administrators see it under “My filings”.",
    ),
    link: phrase("签署链接", "Link for signing"),
    other_role: phrase("这份承诺书须由法定代表人签署", "The legal representative has to sign this one"),
    breach: phrase("目前不能以承诺方式办理", "Pledging is not open to you at present"),
    not_asked: phrase("暂时不能签署，草稿已保存", "It cannot be signed just now; the draft is kept"),
    not_asked_text: phrase(
        "签署前要向平台核实本企业没有未修复的失诺记录，平台现在没有应答。不是您的问题，请稍后刷新本页再试。",
        "Before signing we have to ask the platform whether a breach is on record, and it does not answer now. It is not your fault; please reload this page later.",
    ),
    replaced: phrase("范本已经更新", "The template has a new version"),
    replaced_text: phrase(
        "这份草稿用的是旧版范本，不能再签署。换用新版后，填过的内容会保留，请重新核对。",
        "This draft was made from an old version, which can no longer be signed. Your answers are kept when you move to the new one; please read it again.",
    ),
    replaced_button: phrase("换用新版范本", "Use the new version"),
    changed: phrase(
        "没有签署：您打开本页之后，草稿又有改动。请核对现在的内容后再签署",
        "Not signed: the draft has changed since you opened this page. Read it as it is now, then sign",
    ),
    too_old: phrase(
        "没有签署：本页打开超过 30 分钟，承诺书上的时间已经不准。下面已换成现在的时间，请再次签署",
        "Not signed: this page was open for over 30 minutes, so the time in the text was off. It now has the present time; please sign again",
    ),
    not_chosen: phrase(
        "没有签署：请先确认本企业自愿选择以告知承诺方式办理",
        "Not signed: first confirm that your enterprise chooses to pledge of its own will",
    ),
    key_gone: phrase(
        "没有签署：这个密钥不能用于签署，可能已经撤销，登记在别的企业名下，或者登记时的姓名、身份与现在不同。请换一个密钥，或者重新登记",
        "Not signed: this key may not sign; it was revoked, belongs to another enterprise, or was enrolled under another name or role than yours now. Use another key, or enrol a new one",
    ),
    does_not_hold: phrase(
        "没有签署：签名与承诺书不符。请刷新本页，核对后再次签署",
        "Not signed: the signature is not one over this text. Reload the page, read it and sign again",
    ),
    not_plain: phrase(
        "没有签署：填写的内容里有看不见的字符，或者从右向左书写的文字。请修改后再签署",
        "Not signed: an answer holds characters that cannot be seen or are written from right to left. Please mend it first",
    ),
    back: phrase("返回修改", "Back to change it"),
    nobody_yet: phrase("（待签署）", "（待签署）"),
};

/// Why an enterprise with a breach on record takes the ordinary way, by what each kind rests on.
pub fn breach_text(kind: CommitmentKind) -> Phrase {
    match kind {
        CommitmentKind::ReplacesApproval => phrase(
            "平台记录显示本企业有尚未修复的失诺或者失信情况，按照《上海市行政审批告知承诺管理办法》，修复之前不适用告知承诺。请按普通方式办理；修复后草稿可以继续使用。",
            "The platform has a breach on record for your enterprise that has not been repaired. Until it is, 《上海市行政审批告知承诺管理办法》 does not allow notify-and-commit. Please take the ordinary way; a draft stays and can be used after the repair.",
        ),
        CommitmentKind::MissingMaterial => phrase(
            "平台记录显示本企业有尚未修复的失诺或者失信情况，修复之前不适用容缺受理。请备齐材料后按普通方式办理；修复后草稿可以继续使用。",
            "The platform has a breach on record for your enterprise that has not been repaired. Until it is, nothing is accepted with a material missing. Please take the ordinary way with all materials; a draft stays and can be used after the repair.",
        ),
        _ => phrase(
            "平台记录显示本企业有尚未修复的失诺或者失信情况，按照国办发〔2020〕42号，修复之前不适用告知承诺。请按普通方式办理；修复后草稿可以继续使用。",
            "The platform has a breach on record for your enterprise that has not been repaired. Until it is, 国办发〔2020〕42号 does not allow notify-and-commit. Please take the ordinary way; a draft stays and can be used after the repair.",
        ),
    }
}
