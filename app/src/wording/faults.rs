//! What is wrong with an answer, and how to mend it. Said by the server and by the browser alike.

use credit::amount::InvalidAmount;
use credit::attachment::FileRefusal;
use credit::credit_code::InvalidCreditCode;
use credit::form::Kind;
use credit::problem::{Fault, Problem};

use super::Lang;

/// The sentence for a problem.
pub fn say(problem: &Problem, lang: Lang) -> String {
    let label = lang.say(problem.field.label);
    // A single box is ticked, not chosen from.
    let is_box = problem.field.kind == Kind::Tick && problem.fault == Fault::NotChosen;
    match lang {
        Lang::Zh if is_box => format!("请勾选“{label}”"),
        Lang::En if is_box => format!("Tick “{label}”"),
        Lang::Zh => zh(&problem.fault, label),
        Lang::En => en(&problem.fault, label),
    }
}

/// All sentences for one field, one after the other; empty when there is no problem.
pub fn say_all(problems: &[Problem], field: &str, lang: Lang) -> String {
    let mut sentences = String::new();
    for problem in problems.iter().filter(|problem| problem.field.name == field) {
        if !sentences.is_empty() {
            sentences.push_str(if lang == Lang::Zh { "；" } else { "; " });
        }
        sentences.push_str(&say(problem, lang));
    }
    sentences
}

fn zh(fault: &Fault, label: &str) -> String {
    match fault {
        Fault::Missing => format!("请填写{label}"),
        Fault::NotChosen => format!("请选择{label}"),
        Fault::TooLong { most, found } => format!("{label}最多 {most} 个字，现在有 {found} 个，请缩短"),
        Fault::UnreadableDate => format!("{label}请写成 2026-03-05 这样的日期"),
        Fault::NoSuchDay => format!("{label}填写的这一天不存在，请核对年月日"),
        Fault::InFuture { today } => format!("{label}不能晚于今天（{today}）"),
        Fault::InPast { today } => format!("{label}不能早于今天（{today}）"),
        Fault::ControlCharacter { at } => format!("{label}的第 {at} 个字符是看不见的控制字符，请删去，或者不要粘贴，重新输入"),
        Fault::RightToLeft => format!("{label}中有从右向左书写的文字，请改用中文或者英文"),
        Fault::Before { other, day } => format!("{label}不能早于{}（{day}）", other.zh),
        Fault::NoEnd => format!("请填写{label}，没有截止日期的请勾选“长期有效”"),
        Fault::TwoEnds => format!("{label}和“长期有效”只能选一个"),
        Fault::Year { first, last } => format!("{label}请填写四位年份，从 {first} 到 {last}"),
        Fault::Amount(wrong) => match wrong {
            InvalidAmount::ChineseNumerals => format!("{label}请用阿拉伯数字填写，例如 120"),
            InvalidAmount::Negative => format!("{label}不能是负数"),
            InvalidAmount::Grouping => format!("{label}中的逗号位置不对，请写成 1234.5 或 1,234.5"),
            InvalidAmount::TooFine { places: 0 } => format!("{label}请填写整数"),
            InvalidAmount::TooFine { places } => format!("{label}小数点后最多 {places} 位"),
            InvalidAmount::TooLarge => format!("{label}的数字太大，请核对单位"),
            InvalidAmount::Unreadable | InvalidAmount::Exponent => format!("{label}请只填写数字，例如 120"),
        },
        Fault::TooFew { least, unit } => format!("{label}不能少于 {least} {}", unit.zh),
        Fault::Exponent => format!("{label}被表格软件改成了科学计数法，后面的数字已经丢失，请照原件重新填写"),
        Fault::NotAParty { own } => format!("甲方或乙方须有一方是本企业（{own}），请核对{label}"),
        Fault::SameParty => format!("{label}与甲方相同，请核对"),
        Fault::CreditCode(InvalidCreditCode::Length(found)) => format!("{label}应为 18 位，现在是 {found} 位"),
        Fault::CreditCode(InvalidCreditCode::Character { place, found }) => {
            format!("{label}第 {place} 位是“{found}”，代码中没有这个字符，请核对")
        }
        Fault::CreditCode(InvalidCreditCode::Check) => format!("{label}校验不通过，可能有一位写错，请逐位核对"),
        Fault::WebAddress => format!("{label}请填写完整网址，例如 https://www.example.cn"),
        Fault::NoFile => format!("请上传{label}"),
        Fault::FileRefused { name, why } => refused_file(name, *why, Lang::Zh),
    }
}

/// Why a file was not taken, and what to do.
pub fn refused_file(name: &str, why: FileRefusal, lang: Lang) -> String {
    match lang {
        Lang::Zh => match why {
            FileRefusal::Empty => format!("“{name}”是空文件，请移除后重新选择"),
            FileRefusal::TooLarge => format!("“{name}”超过 20 MB，请移除，压缩后重新上传"),
            FileRefusal::WrongKind => format!("“{name}”不是 PDF、JPG、PNG、HEIC 或 OFD 文件，请移除后换一个文件"),
            FileRefusal::TooMany => format!("最多上传 10 个文件，“{name}”没有收下，请移除"),
            FileRefusal::TooManyPixels => format!("图片“{name}”超过 1 亿像素，请移除，缩小后再上传"),
            FileRefusal::Infected => format!("“{name}”被查出含有病毒或恶意代码，请移除，查杀后换一个文件"),
        },
        Lang::En => match why {
            FileRefusal::Empty => format!("“{name}” is empty; remove it and choose again"),
            FileRefusal::TooLarge => format!("“{name}” is larger than 20 MB; remove it, make it smaller, upload again"),
            FileRefusal::WrongKind => format!("“{name}” is not a PDF, JPG, PNG, HEIC or OFD file; remove it and choose another"),
            FileRefusal::TooMany => format!("At most 10 files; “{name}” was not taken, please remove it"),
            FileRefusal::TooManyPixels => {
                format!("The picture “{name}” has over 100 million pixels; remove it, make it smaller and send it again")
            }
            FileRefusal::Infected => format!("Something harmful was found in “{name}”; remove it, clean it and choose another"),
        },
    }
}

fn en(fault: &Fault, label: &str) -> String {
    match fault {
        Fault::Missing => format!("Enter “{label}”"),
        Fault::NotChosen => format!("Choose “{label}”"),
        Fault::TooLong { most, found } => format!("{label}: at most {most} characters; there are {found}, please shorten it"),
        Fault::UnreadableDate => format!("{label}: write the date like 2026-03-05"),
        Fault::NoSuchDay => format!("{label}: there is no such day; check year, month and day"),
        Fault::InFuture { today } => format!("{label} must not be after today ({today})"),
        Fault::InPast { today } => format!("{label} must not be before today ({today})"),
        Fault::ControlCharacter { at } => {
            format!(
                "{label}: character {at} is a control character that cannot be seen; delete it, or type the text instead of pasting it"
            )
        }
        Fault::RightToLeft => format!("{label}: it holds letters written from right to left; use Chinese or English"),
        Fault::Before { other, day } => format!("{label} must not be before “{}” ({day})", other.en),
        Fault::NoEnd => format!("Enter “{label}”, or tick “No end date”"),
        Fault::TwoEnds => format!("Give either “{label}” or “No end date”, not both"),
        Fault::Year { first, last } => format!("{label}: enter a year of four digits, from {first} to {last}"),
        Fault::Amount(wrong) => match wrong {
            InvalidAmount::ChineseNumerals => format!("{label}: use digits, for example 1234.5"),
            InvalidAmount::Negative => format!("{label} must not be negative"),
            InvalidAmount::Grouping => format!("{label}: the commas are misplaced; write 1234.5 or 1,234.5"),
            InvalidAmount::TooFine { places: 0 } => format!("{label}: enter a whole number"),
            InvalidAmount::TooFine { places } => format!("{label}: at most {places} places after the point"),
            InvalidAmount::TooLarge => format!("{label}: the number is too large; check the unit"),
            InvalidAmount::Unreadable | InvalidAmount::Exponent => format!("{label}: enter a number only, for example 1234.5"),
        },
        Fault::TooFew { least, unit } => format!("{label}: at least {least} {}", unit.en),
        Fault::Exponent => {
            format!("{label}: a spreadsheet has turned it into scientific notation and digits are lost; enter it again as printed")
        }
        Fault::NotAParty { own } => format!("Party A or party B must be your enterprise ({own}); check “{label}”"),
        Fault::SameParty => format!("{label} is the same as party A; please check"),
        Fault::CreditCode(InvalidCreditCode::Length(found)) => format!("{label}: a code has 18 characters; this has {found}"),
        Fault::CreditCode(InvalidCreditCode::Character { place, found }) => {
            format!("{label}: character {place} is “{found}”, which no code contains; please check")
        }
        Fault::CreditCode(InvalidCreditCode::Check) => {
            format!("{label}: the check character does not match; one character may be mistyped")
        }
        Fault::WebAddress => format!("{label}: enter a whole address, for example https://www.example.cn"),
        Fault::NoFile => format!("Upload: {label}"),
        Fault::FileRefused { name, why } => refused_file(name, *why, Lang::En),
    }
}
