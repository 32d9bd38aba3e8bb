//! The forms for what can be decided now. They are plain forms and work without a script.

use crate::{
    html::escape,
    platform::submission::{Publication, Stage, Submission},
};

/// How many fields can be commented on at once.
const COMMENTS: usize = 4;

/// All forms that fit the submission's state.
pub(crate) fn all(submission: &Submission) -> String {
    let forms = match (submission.stage, &submission.publication) {
        (Stage::Received, _) => review(submission),
        (Stage::UnderReview, _) => [grant(submission), give_back(submission), refuse(submission)].concat(),
        (Stage::Granted, Some(Publication::Published { .. })) => {
            [stop(submission), performance(submission), untrue(submission)].concat()
        }
        (Stage::Granted, _) => [publish(submission), performance(submission), untrue(submission)].concat(),
        (Stage::Returned, _) => "<p>已退回，等待补正。</p>\n".to_owned(),
        (Stage::Refused | Stage::Withdrawn | Stage::FoundUntrue, _) => "<p>已办结。</p>\n".to_owned(),
    };
    format!("<h2>办理</h2>\n<div class=\"deeds\">\n{forms}</div>\n")
}

fn review(submission: &Submission) -> String {
    let fields = "<p><label for=\"handler\">经办人</label>\n\
        <input id=\"handler\" name=\"handler\" value=\"区信用中心 审核一岗\"></p>\n";
    form(submission, "submission.under_review", "受理", fields)
}

fn grant(submission: &Submission) -> String {
    let fields = "<p><label for=\"verification\">核实情况</label>\n\
        <select id=\"verification\" name=\"verification\"><option value=\"verified\">全部核实</option>\
        <option value=\"partly_verified\">部分核实</option></select></p>\n\
        <p><label for=\"grant-note\">说明（可空白）</label>\n\
        <textarea id=\"grant-note\" name=\"note\" rows=\"2\"></textarea></p>\n";
    form(submission, "submission.granted", "通过", fields)
}

fn give_back(submission: &Submission) -> String {
    let mut fields = comments(submission, "returned");
    fields.push_str(
        "<p><label for=\"return-note\">总体说明（可空白）</label>\n\
         <textarea id=\"return-note\" name=\"note\" rows=\"2\"></textarea></p>\n",
    );
    form(submission, "submission.returned", "退回补正", &fields)
}

/// Rows for what is wrong with which field; `form` tells the ids of one form from those of another.
fn comments(submission: &Submission, form: &str) -> String {
    let options: String = submission
        .envelope
        .content
        .keys()
        .map(String::as_str)
        .chain(["attachments"])
        .map(|field| format!("<option value=\"{0}\">{0}</option>", escape(field)))
        .collect();
    let mut fields = String::new();
    for number in 1..=COMMENTS {
        fields.push_str(&format!(
            "<p><label for=\"{form}-field-{number}\">栏目 {number}</label>\n\
             <select id=\"{form}-field-{number}\" name=\"field\"><option value=\"\">（不填）</option>{options}</select>\n\
             <label for=\"{form}-comment-{number}\">意见 {number}</label>\n\
             <input id=\"{form}-comment-{number}\" name=\"comment\"></p>\n"
        ));
    }
    fields
}

fn refuse(submission: &Submission) -> String {
    let reasons = "<p><label for=\"reasons\">理由（每行一条）</label>\n\
        <textarea id=\"reasons\" name=\"reasons\" rows=\"3\" required></textarea></p>\n";
    form(submission, "submission.refused", "不通过", &format!("{reasons}{}", comments(submission, "refused")))
}

fn publish(submission: &Submission) -> String {
    let fields = "<p><label for=\"until\">公示至（空白为长期）</label>\n\
        <input id=\"until\" name=\"until\" type=\"date\"></p>\n";
    form(submission, "publication.published", "公示", fields)
}

/// How far a commitment was kept; nothing for anything else.
fn performance(submission: &Submission) -> String {
    if !submission.is_commitment() {
        return String::new();
    }
    let fields = "<p><label for=\"performance\">履行状态</label>\n\
        <select id=\"performance\" name=\"performance\"><option value=\"fulfilled\">全部履行</option>\
        <option value=\"partly\">部分履行</option><option value=\"not\">全部未履行</option></select></p>\n\
        <p><label for=\"found-by\">认定单位</label>\n\
        <input id=\"found-by\" name=\"found_by\" value=\"上海市奉贤区示例管理局\"></p>\n\
        <p><label for=\"found-by-code\">认定单位代码</label>\n\
        <input id=\"found-by-code\" name=\"found_by_code\" value=\"11310120FXXY0006XF\"></p>\n\
        <p><label for=\"found-on\">认定日期</label>\n<input id=\"found-on\" name=\"found_on\" type=\"date\" required></p>\n\
        <p><label for=\"unfulfilled\">未履行的内容（全部履行的不填）</label>\n\
        <textarea id=\"unfulfilled\" name=\"unfulfilled\" rows=\"2\"></textarea></p>\n\
        <p><label for=\"pursued\">违诺责任追究（可空白）</label>\n\
        <textarea id=\"pursued\" name=\"pursued\" rows=\"2\"></textarea></p>\n";
    form(submission, "commitment.performance", "认定履行状态", fields)
}

fn untrue(submission: &Submission) -> String {
    let fields = "<p><label for=\"untrue-reason\">查实情况</label>\n\
        <input id=\"untrue-reason\" name=\"reason\" required></p>\n";
    form(submission, "submission.found_untrue", "认定失实", fields)
}

fn stop(submission: &Submission) -> String {
    let fields = "<p><label for=\"reason\">原因</label>\n\
        <input id=\"reason\" name=\"reason\" required></p>\n";
    form(submission, "publication.stopped", "终止公示", fields)
}

fn form(submission: &Submission, kind: &str, label: &str, fields: &str) -> String {
    let id = submission.envelope.id;
    format!(
        "<form method=\"post\" action=\"/platform/submissions/{id}/decision\" aria-label=\"{label}\">\n\
         <input type=\"hidden\" name=\"type\" value=\"{kind}\">\n{fields}<p><button>{label}</button></p>\n</form>\n"
    )
}
