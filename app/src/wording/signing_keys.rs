//! Signing keys: making, listing, trying, moving and revoking them, and what the browser says while it signs.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use credit::form::{Phrase, phrase};
use credit::signing::RevocationReason;

use super::Lang;

/// The words of the pages.
pub struct SigningKeyWords {
    pub title: Phrase,
    pub lead: Phrase,
    pub mine: Phrase,
    pub none: Phrase,
    pub others: Phrase,
    pub make: Phrase,
    pub may_not_sign: Phrase,
    pub wiped: Phrase,
    pub wiped_text: Phrase,
    pub active: Phrase,
    pub revoked: Phrase,
    pub since: Phrase,
    pub until: Phrase,
    pub fingerprint: Phrase,
    pub public: Phrase,
    pub revoke: Phrase,
    pub try_it: Phrase,
    pub enrolled: Phrase,
    pub enrolled_text: Phrase,
    pub go_on: Phrase,
    pub was_revoked: Phrase,
    pub new_title: Phrase,
    pub new_lead: Phrase,
    pub without: Phrase,
    pub without_text: Phrase,
    pub statement: Phrase,
    pub not_made: Phrase,
    pub device: Phrase,
    pub device_hint: Phrase,
    pub unnamed: Phrase,
    pub pin: Phrase,
    pub pin_hint: Phrase,
    pub pin_again: Phrase,
    pub make_and_enrol: Phrase,
    pub too_late: Phrase,
    pub known: Phrase,
    pub does_not_hold: Phrase,
    pub not_fresh: Phrase,
    pub revoke_title: Phrase,
    pub revoke_text: Phrase,
    pub why: Phrase,
    pub why_missing: Phrase,
    pub not_yours: Phrase,
    pub trial_title: Phrase,
    pub trial_lead: Phrase,
    pub signing_pin: Phrase,
    pub sign: Phrase,
    pub holds: Phrase,
    pub holds_text: Phrase,
    pub holds_not: Phrase,
    pub holds_not_text: Phrase,
    pub move_title: Phrase,
    pub move_lead: Phrase,
    pub export: Phrase,
    pub import: Phrase,
    pub passphrase: Phrase,
    pub passphrase_hint: Phrase,
    pub file: Phrase,
    pub new_pin: Phrase,
}

pub static WORDS: SigningKeyWords = SigningKeyWords {
    title: phrase("签名密钥", "Signing keys"),
    lead: phrase(
        "签署信用承诺等文件时，用您自己的密钥在浏览器中签名。密钥只保存在您的设备上，本网站只保存公钥，没有人能代您签名。",
        "Commitments and other documents are signed in your browser with a key of your own. It stays on your device; this site has its public half only, so nobody can sign in your place.",
    ),
    mine: phrase("我的密钥", "My keys"),
    none: phrase("您还没有登记签名密钥。", "You have not enrolled a key."),
    others: phrase("本企业其他签署人的密钥", "Keys of others who sign for the enterprise"),
    make: phrase("登记签名密钥", "Enrol a key"),
    may_not_sign: phrase(
        "只有法定代表人和证照管理员可以登记签名密钥并签署文件。",
        "Only the legal representative and administrators can enrol a key and sign.",
    ),
    wiped: phrase("换了设备、清除了浏览器数据或者忘记了 PIN", "Another device, wiped browser data, or a forgotten PIN"),
    wiped_text: phrase(
        "密钥无法找回，请吊销原来的密钥，在现在的设备上重新登记一个。以前签署的文件仍然有效，仍然可以验证。",
        "A key cannot be brought back: revoke the old one and enrol a new one on this device. What was signed before stays valid and can still be verified.",
    ),
    active: phrase("可用", "In use"),
    revoked: phrase("已吊销", "Revoked"),
    since: phrase("登记时间", "Enrolled"),
    until: phrase("吊销时间", "Revoked"),
    fingerprint: phrase("公钥指纹（SM3）", "Fingerprint (SM3)"),
    public: phrase("下载公钥", "Download the public key"),
    revoke: phrase("吊销", "Revoke"),
    try_it: phrase("试签", "Try it"),
    enrolled: phrase("密钥已登记", "The key is enrolled"),
    enrolled_text: phrase(
        "请记住 PIN：每次签名都要输入，本网站不知道它，也无法找回。",
        "Remember the PIN: it is asked for with each signature. This site does not know it and cannot bring it back.",
    ),
    go_on: phrase("接着签署", "Go on to sign"),
    was_revoked: phrase("密钥已吊销", "The key is revoked"),
    new_title: phrase("登记签名密钥", "Enrol a signing key"),
    new_lead: phrase(
        "将在这台设备的浏览器中制作一个密钥，并用它签署下面的登记书，证明密钥在您手中。请在 10 分钟内完成。",
        "A key is made in this device’s browser and signs the enrolment below, which shows that it is in your hands. Please finish within 10 minutes.",
    ),
    without: phrase("这个浏览器还不能签名", "This browser cannot sign yet"),
    without_text: phrase(
        "制作密钥和签名需要启用 JavaScript，并使用较新的浏览器（Chrome、Edge 97，Firefox 115，Safari 16 或更新版本），且不在无痕模式。如果稍等片刻仍然看到这段话，请更换浏览器。",
        "Making keys and signing needs JavaScript and a newer browser (Chrome or Edge 97, Firefox 115, Safari 16 or later), and no private window. If you still see this after a moment, please use another browser.",
    ),
    statement: phrase("将要签署的内容", "What will be signed"),
    not_made: phrase("（制作密钥时填入）", "（制作密钥时填入）"),
    device: phrase("设备名称", "Name of this device"),
    device_hint: phrase(
        "便于以后辨认，例如：财务室电脑。最多 40 个字",
        "To know it by later, for example: office computer. At most 40 characters",
    ),
    unnamed: phrase("未命名的设备", "Unnamed device"),
    pin: phrase("设置 PIN", "Choose a PIN"),
    pin_hint: phrase(
        "至少 6 位，数字、字母都可以。不要用生日和电话号码，不要与登录密码相同",
        "At least 6 characters, digits or letters. No birthday or telephone number, and not the password you sign in with",
    ),
    pin_again: phrase("再次输入 PIN", "The PIN again"),
    make_and_enrol: phrase("制作密钥并登记", "Make the key and enrol it"),
    too_late: phrase(
        "登记已超时或者已经用过，没有登记。请重新输入 PIN 再登记一次。",
        "The enrolment was too old or used already; nothing was enrolled. Please type the PIN and enrol again.",
    ),
    known: phrase("这个密钥已经登记过。请重新制作一个。", "This key is enrolled already. Please make another one."),
    does_not_hold: phrase(
        "登记书的签名没有通过检查，没有登记。请重新输入 PIN 再登记一次。",
        "The signature of the enrolment does not hold; nothing was enrolled. Please type the PIN and enrol again.",
    ),
    not_fresh: phrase(
        "登记密钥前要重新确认您的身份，但身份认证系统没有重新确认。请退出登录后再试。",
        "Before a key is enrolled the identity provider must make sure anew who you are, and it did not. Please sign out and try again.",
    ),
    revoke_title: phrase("吊销签名密钥", "Revoke a signing key"),
    revoke_text: phrase(
        "吊销后不能恢复，不能再用它签名。吊销前签署的文件仍然有效。",
        "This cannot be undone: nothing can be signed with it any more. What was signed before stays valid.",
    ),
    why: phrase("吊销原因", "Why it is revoked"),
    why_missing: phrase("请选择吊销原因", "Choose why it is revoked"),
    not_yours: phrase(
        "只有密钥本人和法定代表人可以吊销密钥。这个密钥没有任何变化。",
        "Only its owner and the legal representative can revoke a key. Nothing has changed.",
    ),
    trial_title: phrase("试签", "Try the key"),
    trial_lead: phrase(
        "签署下面这段没有法律效力的文字，看看密钥和 PIN 能不能用。",
        "Sign the text below, which binds nobody, to see whether key and PIN work.",
    ),
    signing_pin: phrase("签名 PIN", "PIN"),
    sign: phrase("签名", "Sign"),
    holds: phrase("签名有效", "The signature holds"),
    holds_text: phrase("密钥可以正常使用。", "The key works."),
    holds_not: phrase("签名无效", "The signature does not hold"),
    holds_not_text: phrase(
        "这个密钥没有签出有效的签名。请再试一次；如果还是这样，请吊销它并重新登记。",
        "This key did not give a valid signature. Try again; if it stays so, revoke it and enrol another.",
    ),
    move_title: phrase("把密钥转移到另一台设备", "Take a key to another device"),
    move_lead: phrase(
        "先在原来的设备上导出，再在新设备上导入。文件用您设置的口令加密；不要把文件和口令放在一起，用完请删除文件。",
        "Export it on the old device, then import it on the new one. The file is encrypted with a passphrase of yours: keep the two apart, and delete the file afterwards.",
    ),
    export: phrase("从这台设备导出", "Export from this device"),
    import: phrase("导入到这台设备", "Import into this device"),
    passphrase: phrase("转移口令", "Passphrase for the file"),
    passphrase_hint: phrase("至少 12 个字", "At least 12 characters"),
    file: phrase("密钥转移文件", "The file"),
    new_pin: phrase("在这台设备上使用的 PIN", "PIN on this device"),
};

/// Why a key is revoked, as people choose and read it.
pub fn reason(reason: RevocationReason, lang: Lang) -> &'static str {
    let words = match reason {
        RevocationReason::Lost => phrase("设备丢失，或者数据已清除", "The device is lost, or its data wiped"),
        RevocationReason::Compromised => phrase("密钥或 PIN 可能被他人掌握", "Somebody else may have the key or the PIN"),
        RevocationReason::LeftOffice => phrase("不再为企业签署", "No longer signs for the enterprise"),
        RevocationReason::Replaced => phrase("不再使用，或者已换新密钥", "Not needed any more, or replaced"),
    };
    lang.say(words)
}

/// What the browser says while it makes keys and signs: the page brings it, by the names that the module knows. It puts the
/// seconds in the place of `#`.
pub static SAID: [(&str, Phrase); 12] = [
    ("working", phrase("正在处理，请稍候…", "One moment…")),
    ("done", phrase("已完成。", "Done.")),
    (
        "unable",
        phrase(
            "这个浏览器没有完成这一步，没有提交任何内容。请再试一次；如果还是这样，请更换浏览器，不要使用无痕模式。",
            "The browser could not do it; nothing was sent. Try again; if it stays so, use another browser, and no private window.",
        ),
    ),
    (
        "no-key",
        phrase(
            "这台设备的浏览器里没有您的密钥。请在登记时使用的设备和浏览器上签名，或者在“签名密钥”中重新登记。",
            "Your key is not in this device’s browser. Sign where you enrolled it, or enrol another under “Signing keys”.",
        ),
    ),
    ("no-pin", phrase("请输入 PIN。", "Type the PIN.")),
    (
        "short-pin",
        phrase("PIN 太短，至少 6 位。请重新输入两次。", "The PIN is too short: at least 6 characters. Type it twice again."),
    ),
    ("pins-differ", phrase("两次输入的 PIN 不一样。请重新输入两次。", "The two PINs differ. Type it twice again.")),
    (
        "wrong-pin",
        phrase(
            "PIN 不正确，请重新输入。连续输错 3 次后要等待。",
            "That is not the PIN; type it again. After 3 wrong ones in a row there is a wait.",
        ),
    ),
    ("wait", phrase("PIN 连续输错，请等 # 秒后再试。", "Wrong PINs in a row: please try again in # seconds.")),
    (
        "hidden",
        phrase(
            "要签署的内容含有看不见的字符，为了安全没有签名。请联系本网站。",
            "The text holds characters that cannot be seen; for safety it was not signed. Please tell us.",
        ),
    ),
    ("short-passphrase", phrase("口令太短，至少 12 个字。", "The passphrase is too short: at least 12 characters.")),
    (
        "bad-file",
        phrase(
            "没有选择文件，文件不是密钥转移文件，或者口令不正确。",
            "No file was chosen, it is no such file, or the passphrase is wrong.",
        ),
    ),
];
