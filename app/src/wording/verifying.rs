//! Receipts that one keeps, and verifying them: on the page, in the browser and on the command line.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use credit::acceptance::SignedHow;
use credit::bundle::Doubt;
use credit::form::{Phrase, phrase};
use credit::log::checkpoint::InvalidCheckpoint;
use credit::log::note::InvalidNote;

/// The words around it: they stand on pages and papers that the server makes.
pub struct VerifyingWords {
    pub title: Phrase,
    pub lead: Phrase,
    pub door: Phrase,
    pub file_heading: Phrase,
    pub file: Phrase,
    pub file_hint: Phrase,
    pub verify: Phrase,
    pub by_server: Phrase,
    pub code_heading: Phrase,
    pub code: Phrase,
    pub code_hint: Phrase,
    pub look_up: Phrase,
    pub in_browser: Phrase,
    /// Beside the field for the file, where it is checked in the browser.
    pub drop_here: Phrase,
    pub result: Phrase,
    pub checks: Phrase,
    pub document: Phrase,
    pub grown: Phrase,
    pub not_asked: Phrase,
    pub forked: Phrase,
    pub forked_text: Phrase,
    pub unable: Phrase,
    pub working: Phrase,
    pub today: Phrase,
    pub no_file: Phrase,
    pub no_file_text: Phrase,
    pub too_large: Phrase,
    pub too_large_text: Phrase,
    pub publication: Phrase,
    pub is_public: Phrase,
    pub not_public: Phrase,
    pub print_choose: Phrase,
    pub print_same: Phrase,
    pub print_other: Phrase,
    pub print_unknown: Phrase,
    pub print_unknown_text: Phrase,
    pub print_not_asked: Phrase,
    pub offline_heading: Phrase,
    pub offline: Phrase,
    pub key: Phrase,
    pub code_public: Phrase,
    pub code_public_text: Phrase,
    pub code_ended: Phrase,
    pub code_ended_text: Phrase,
    pub code_unknown: Phrase,
    pub code_unknown_text: Phrase,
    pub receipt: Phrase,
    pub receipt_text: Phrase,
    pub certificate: Phrase,
    pub bundle: Phrase,
    pub how_to: Phrase,
    pub public_bundle: Phrase,
    pub public_not_offered: Phrase,
    pub public_names: Phrase,
    pub accepted_heading: Phrase,
    pub log_heading: Phrase,
    pub certificate_title: Phrase,
    pub code_note: Phrase,
    pub fingerprint: Phrase,
    pub acceptance_fingerprint: Phrase,
    pub key_fingerprint: Phrase,
    pub signature: Phrase,
}

/// Them.
pub static WORDS: VerifyingWords = VerifyingWords {
    title: phrase("核验凭证", "Verify a receipt"),
    lead: phrase(
        "别人交给您一份本站的凭证或者受理证明，可以在这里核验：是谁、什么时候、作出了什么承诺或者申报，有没有被改动。任何人都可以核验，不用登录，免费。",
        "Somebody gave you a receipt or certificate of this site? See here who committed to or filed what and when, and whether it was changed. Open to everyone, without signing in, free of charge.",
    ),
    door: phrase(
        "核对别人交来的凭证是真是假，有没有被改动",
        "Check whether a receipt that somebody gave you is genuine and unchanged",
    ),
    file_heading: phrase("核验文件", "Verify a file"),
    file: phrase("凭证文件", "The receipt"),
    file_hint: phrase(
        "从本站下载的凭证（JSON）或者受理证明（PDF）原文件，不超过 2 MB。",
        "The receipt (JSON) or certificate (PDF) as it was downloaded here, at most 2 MB.",
    ),
    verify: phrase("核验", "Verify"),
    by_server: phrase(
        "由本站服务器核验。换一个较新的浏览器打开本页，核验就在您自己的设备上进行，文件不会上传。",
        "Checked by this server. In a newer browser this page checks on your own device, and the file is not uploaded.",
    ),
    code_heading: phrase("用编码或者二维码核验", "Verify by a code"),
    code: phrase("承诺编码，或者证明上二维码的内容", "Commitment code, or what the code on a certificate holds"),
    code_hint: phrase(
        "承诺编码印在承诺书证明和公示页上，例如：31012020261123000001；二维码的内容可以整段粘贴",
        "The commitment code is printed on the certificate and the public page, for example: 31012020261123000001; what a QR code holds can be pasted as it is",
    ),
    look_up: phrase("查询", "Look up"),
    in_browser: phrase("在您的浏览器里核验，没有上传文件。", "Checked in your browser; no file was uploaded."),
    drop_here: phrase(
        "在您的浏览器里核验，文件不上传。也可以把文件拖到这里。",
        "It is checked in your browser and not uploaded. You can also drop the file here.",
    ),
    result: phrase("核验结果", "Result"),
    checks: phrase("核验了这些", "What was checked"),
    document: phrase("正文", "The document"),
    grown: phrase("现在的公开日志是从凭证上的那一刻延续下来的", "The public log of today goes on from the one in the receipt"),
    not_asked: phrase(
        "没有查到现在的情况（网络不通或者网站没有应答）。上面的核验不受影响；承诺之后是否撤回、是否履行，请稍后再查。",
        "The present state was not found out (no network, or no answer). The checks above stand; whether the commitment was taken back or kept since, ask again later.",
    ),
    forked: phrase("与现在的公开日志对不上", "It does not agree with the public log of today"),
    forked_text: phrase(
        "凭证上的日志签名有效，但本站现在的公开日志不是从那时延续下来的：日志被改写、分叉或者退回过。这是严重的问题，请保存凭证，告知本站和主管部门。",
        "The log’s signature in the receipt holds, but the log of today does not go on from it: it was rewritten, forked or set back. This is grave. Keep the receipt, and tell us and the authority in charge.",
    ),
    unable: phrase("这个文件读不出来，请重新选择", "The file cannot be read; please choose it again"),
    working: phrase("正在核验…", "Checking…"),
    today: phrase("联网查询", "Asked online"),
    no_file: phrase("还没有选择文件", "No file was chosen"),
    no_file_text: phrase("请选择凭证（JSON）或者受理证明（PDF）。", "Choose a receipt (JSON) or a certificate (PDF)."),
    too_large: phrase("文件太大", "The file is too large"),
    too_large_text: phrase("本站的凭证都小于 2 MB，这不会是其中之一。", "Our receipts are smaller than 2 MB: this cannot be one."),
    publication: phrase("公示", "Publication"),
    is_public: phrase("公示中", "Public"),
    not_public: phrase("现在没有公示，以上情况只告诉持有凭证的人", "Not public now; this is told to who holds the receipt alone"),
    print_choose: phrase(
        "请选择打印件的 PDF 或者凭证文件，本页核对它与打印件上的二维码是否一致。",
        "Choose the PDF or the receipt of the print: this page compares it with the code on the print.",
    ),
    print_same: phrase(
        "这是打印件上的二维码所指的凭证。请把下面的内容与纸面对照：有不同的，就是纸面被改过。",
        "This is the receipt that the code on the print names. Compare what stands below with the paper: where they differ, the paper was changed.",
    ),
    print_other: phrase(
        "这个文件不是打印件上的二维码所指的凭证。",
        "This file is not the receipt that the code on the print names.",
    ),
    print_unknown: phrase("本站没有这个二维码所指的凭证", "We have no receipt for the code on this print"),
    print_unknown_text: phrase(
        "二维码里的核验码对不上：纸面可能是伪造的，或者二维码没有扫描完整。请重新扫描，或者向出示的人要 PDF 原文件核验。",
        "Its code does not fit: the print may be forged, or the code was not read whole. Scan it again, or ask whoever shows it for the PDF itself.",
    ),
    print_not_asked: phrase(
        "没有取到这个二维码所指的凭证（没有网络，或者查询太频繁）。请稍后重新打开，或者选择 PDF 原文件核验。",
        "The receipt that this code names did not come (no network, or too many questions). Open the page again later, or choose the PDF itself.",
    ),
    offline_heading: phrase("不依赖本站核验", "Verify without us"),
    offline: phrase(
        "凭证里有签名、时间和公开日志的包含证明，没有网络也能核验：chengxin verify 文件 --log-key 下面这行公钥。签名算法是 SM2（配 SM3），日志采用 C2SP tlog-tiles。",
        "A receipt holds signature, time and the proof that it is in the public log; it verifies offline: chengxin verify FILE --log-key with the key below. Signatures are SM2 over SM3; the log follows C2SP tlog-tiles.",
    ),
    key: phrase("公开日志的公钥", "The public log’s key"),
    code_public: phrase("查到一份公示的承诺", "There is a public commitment with this code"),
    code_public_text: phrase(
        "以下内容由本站服务器从记录中读出。要核对您手上的文件，请在下面选择文件核验。",
        "Read by this server from its records. To check a file that you have, choose it below.",
    ),
    code_ended: phrase("公示已经结束", "Its publication has ended"),
    code_ended_text: phrase(
        "有过这个编码的承诺，公示期已满或者公示已停止，本站不再提供它的内容。持有凭证文件的，仍然可以在下面核验。",
        "A commitment of this code was public once and is no longer, so nothing of it is shown. A receipt of it can still be verified below.",
    ),
    code_unknown: phrase("没有查到公示的承诺", "No public commitment has this code"),
    code_unknown_text: phrase(
        "请核对编码。不公开的承诺在这里查不到，可以请对方提供凭证文件。",
        "Check the code. Commitments that are not public cannot be found here; ask for the receipt.",
    ),
    receipt: phrase("凭证", "Receipt"),
    receipt_text: phrase(
        "请下载保存。凭证不依赖本站也能核验，可以交给银行、合作方等任何人；里面有全部正文和签署人姓名。",
        "Download and keep it. It verifies without us, and you can give it to a bank, a partner, anyone. It holds the whole text and the signatory’s name.",
    ),
    certificate: phrase("受理证明（PDF）", "Certificate (PDF)"),
    bundle: phrase("凭证数据（JSON）", "Receipt (JSON)"),
    how_to: phrase("怎样核验", "How it is verified"),
    public_bundle: phrase("下载凭证（JSON），自己核验", "Download the receipt (JSON) and verify it yourself"),
    public_not_offered: phrase(
        "这份承诺含有不公开的内容，本站不公开提供它的凭证；可以请企业提供。",
        "This commitment holds something that is not public, so we do not offer its receipt to everyone; ask the enterprise for it.",
    ),
    public_names: phrase(
        "这份承诺的凭证写有经办人等个人姓名，本站不公开提供；可以请企业提供。",
        "The receipt of this commitment names persons, so we do not offer it to everyone; ask the enterprise for it.",
    ),
    accepted_heading: phrase("受理情况", "Acceptance"),
    log_heading: phrase("公开日志", "Public log"),
    certificate_title: phrase("受理证明", "Certificate of acceptance"),
    code_note: phrase(
        "扫描二维码，浏览器取来凭证并当场核验，请把显示的内容与纸面对照；也可以在核验页选择本 PDF 文件。文件内附凭证数据，请保存原文件。持有本件的人都能取得凭证，请只交给需要的人。",
        "Scan the code: your browser fetches the receipt and checks it; compare what it shows with the paper. Or choose this PDF on that page: the receipt is attached to it, so keep the file. Whoever has this paper can have the receipt: give it only to those who need it.",
    ),
    fingerprint: phrase("正文指纹（SHA-256）", "Fingerprint of the document (SHA-256)"),
    acceptance_fingerprint: phrase("受理回执指纹（SHA-256）", "Fingerprint of the acceptance (SHA-256)"),
    key_fingerprint: phrase("公钥指纹（SM3）", "Fingerprint of the key (SM3)"),
    signature: phrase("签名值", "Signature"),
};

/// How it was signed.
pub fn signed_how(how: SignedHow) -> Phrase {
    match how {
        SignedHow::Filed => phrase("网上提交", "Sent online"),
        SignedHow::Confirmed => phrase("身份认证后五分钟内确认", "Confirmed within five minutes of proving who they are"),
        SignedHow::Signed(_) => phrase("电子签名（SM2）", "Electronic signature (SM2)"),
    }
}

/// What is wrong with a receipt, in a few words, and what that means.
pub fn of_doubt(doubt: Doubt) -> (Phrase, Phrase) {
    match doubt {
        Doubt::NoReceipt => (
            phrase("这不是本站的凭证", "This is not a receipt"),
            phrase(
                "文件里没有凭证数据。请用从本站下载的原文件；截图、扫描件和另存的 PDF 里没有凭证数据。",
                "There is no receipt in the file. Use the file as it was downloaded: pictures, scans and PDFs that were printed anew hold none.",
            ),
        ),
        Doubt::Changed => (
            phrase("文件被改动过", "The file was changed"),
            phrase(
                "这份文件原来可能是凭证，但写法与本站的不一致，有人或者有软件改动过它，不能作为凭据。请索取原文件。",
                "It may have been a receipt, but it is not written as we write them: somebody or some program changed it. It proves nothing; ask for the original.",
            ),
        ),
        Doubt::OtherFormat => (
            phrase("这份凭证的格式版本较新", "It is a receipt of a later format"),
            phrase(
                "这里的核验程序读不了这个版本，不能说它成立或者不成立。请刷新本页，或者换用最新的核验程序再核验一次。",
                "This verifier cannot read that format, so it says neither that it holds nor that it does not. Load the page again, or use the newest verifier.",
            ),
        ),
        Doubt::Checkpoint(InvalidCheckpoint::Note(InvalidNote::Unsigned) | InvalidCheckpoint::Origin) => (
            phrase("这是别的网站的公开日志", "It is of another portal’s log"),
            phrase(
                "凭证上的日志不是本站的公开日志。它可能来自别的网站，也可能是仿造的；本站不能证明它。",
                "The log in the receipt is not ours. It may be of another portal, or made up; we cannot vouch for it.",
            ),
        ),
        Doubt::Checkpoint(_) => (
            phrase("公开日志的签名无效", "The public log’s signature does not hold"),
            phrase(
                "凭证以本站公开日志的名义，但签名不成立：文件被改动过，或者是仿造的。",
                "It speaks in the name of our log, but the signature does not hold: it was changed, or made up.",
            ),
        ),
        Doubt::NotInLog => (
            phrase("公开日志里没有这一份受理回执", "The public log does not hold this acceptance"),
            phrase(
                "受理回执或者证明被改动过，或者本站从未受理过这一件。",
                "The acceptance or its proof was changed, or we never accepted this.",
            ),
        ),
        Doubt::Document => (
            phrase("正文被改动过", "The document was changed"),
            phrase(
                "受理回执是真的，但正文不是当时受理的那一份。",
                "The acceptance is genuine, but this is not the document that was accepted.",
            ),
        ),
        Doubt::Signature => (
            phrase("电子签名不成立", "The electronic signature does not hold"),
            phrase(
                "签名不是用这个密钥对这份正文作出的，或者与受理时的签署方式不一致。",
                "It is not a signature of this document with this key, or it was signed in another way than was accepted.",
            ),
        ),
        Doubt::Enrolment => (
            phrase("签名密钥不属于所称的签署人", "The key is not the signatory’s"),
            phrase(
                "没有证据表明这个密钥由所称的签署人为这家企业登记。",
                "Nothing shows that this key was enrolled by who is said to have signed, for this enterprise.",
            ),
        ),
    }
}
