//! Many registrations at once: what is said of templates, files, rows, and of what is wrong with a file.

use credit::columns::columns;
use credit::form::{FormKind, Phrase, phrase};
use credit::import::{MOST_ROWS, Note, Refusal, needs_file};

use super::Lang;

/// The words of the pages, in both languages.
#[allow(missing_docs, reason = "each name says where the word stands")]
pub struct ImportWords {
    pub title: Phrase,
    pub lead: Phrase,
    pub several: Phrase,
    pub several_text: Phrase,
    pub template: Phrase,
    pub template_csv: Phrase,
    pub import: Phrase,
    pub by_file: Phrase,
    pub file: Phrase,
    pub file_hint: Phrase,
    pub send: Phrase,
    pub no_file: Phrase,
    pub empty_file: Phrase,
    pub too_large: Phrase,
    pub by_rows: Phrase,
    pub pasted: Phrase,
    pub paste: Phrase,
    pub paste_hint: Phrase,
    pub send_rows: Phrase,
    pub no_pasted_rows: Phrase,
    pub too_large_rows: Phrase,
    pub faults: Phrase,
    pub faults_text: Phrase,
    pub column: Phrase,
    pub needs_file: Phrase,
    pub reading: Phrase,
    pub reading_text: Phrase,
    pub read_so_far: Phrase,
    pub filing: Phrase,
    pub filing_text: Phrase,
    pub to_be_filed: Phrase,
    pub refresh: Phrase,
    pub stop_refreshing: Phrase,
    pub refused: Phrase,
    pub refused_kept: Phrase,
    pub again: Phrase,
    pub notes: Phrase,
    pub rows: Phrase,
    pub rows_faulty: Phrase,
    pub rows_all: Phrase,
    pub show_faulty: Phrase,
    pub show_all: Phrase,
    pub no_faulty: Phrase,
    pub mend: Phrase,
    pub line: Phrase,
    pub item: Phrase,
    pub problems: Phrase,
    pub sound: Phrase,
    pub faulty: Phrase,
    pub drafted: Phrase,
    pub filed: Phrase,
    pub dropped: Phrase,
    pub unreadable: Phrase,
    pub next_page: Phrase,
    pub first_page: Phrase,
    pub file_rows: Phrase,
    pub to_drafts: Phrase,
    pub to_drafts_text: Phrase,
    pub made_drafts: Phrase,
    pub saved: Phrase,
    pub row_dropped: Phrase,
    pub save: Phrase,
    pub save_next: Phrase,
    pub drop: Phrase,
    pub back: Phrase,
    pub changed: Phrase,
    pub settled: Phrase,
    pub pledge_title: Phrase,
    pub pledge_lead: Phrase,
    pub rows_changed: Phrase,
    pub close: Phrase,
    pub close_title: Phrase,
    pub close_text: Phrase,
    pub under_way: Phrase,
    pub unfinished: Phrase,
    pub export: Phrase,
    pub export_text: Phrase,
    pub counts: Phrase,
}

/// The words.
pub static WORDS: ImportWords = ImportWords {
    title: phrase("批量导入", "Import many at once"),
    lead: phrase(
        "用表格一次登记多项：下载模板，每行填一项，再上传或者粘贴到本页。",
        "Register many items by a spreadsheet: fill in the template, one item a row, and send it or paste its rows here.",
    ),
    several: phrase("有很多项要登记？", "Many items to register?"),
    several_text: phrase("可以用表格一次导入，最多 5000 行。", "Import them from a spreadsheet, at most 5,000 rows."),
    template: phrase("下载模板（Excel）", "Template (Excel)"),
    template_csv: phrase("下载模板（CSV）", "Template (CSV)"),
    import: phrase("批量导入", "Import many at once"),
    by_file: phrase("上传表格文件", "Send the spreadsheet"),
    file: phrase("选择表格文件", "Choose the spreadsheet"),
    file_hint: phrase(
        ".xlsx 或 .csv（UTF-8、GB18030 编码都可以），不超过 20 MB，最多 5000 行",
        ".xlsx or .csv (UTF-8 or GB18030), at most 20 MB and 5,000 rows",
    ),
    send: phrase("上传并检查", "Send and check"),
    no_file: phrase("请先选择一个表格文件", "Choose a spreadsheet first"),
    empty_file: phrase(
        "这个文件是空的，没有收下。请打开文件检查，保存后重新上传",
        "The file is empty and was not taken. Open it, check and save it, then send it again",
    ),
    too_large: phrase(
        "文件超过 20 MB，没有收下。请拆分成几个文件后分别上传",
        "The file is larger than 20 MB and was not taken. Split it and send the parts",
    ),
    by_rows: phrase("粘贴表格中的行", "Paste its rows"),
    pasted: phrase("粘贴的行", "Pasted rows"),
    paste: phrase("在表格软件中复制，粘贴到这里", "Copy them in your spreadsheet program and paste them here"),
    paste_hint: phrase(
        "可以连同第 1 行的列名一起复制；没有列名时，各列须按模板的顺序。最多 5000 行。有错误的行也可以发送，之后逐行更正",
        "With the heads of the first row or without; without them the columns must stand in the template’s order. At most 5,000 \
         rows. Rows with faults can be sent too, and mended afterwards",
    ),
    send_rows: phrase("发送粘贴的行", "Send the pasted rows"),
    no_pasted_rows: phrase("请先粘贴要登记的行", "Paste the rows first"),
    too_large_rows: phrase(
        "粘贴的内容超过 20 MB，没有收下。请分几次粘贴",
        "What was pasted is larger than 20 MB and was not taken. Paste it in several parts",
    ),
    faults: phrase("粘贴的行中的问题", "Problems in the pasted rows"),
    faults_text: phrase("可以在上面改，也可以发送后再逐行更正。", "Mend them above, or after sending, row by row."),
    column: phrase("列", "Column"),
    needs_file: phrase(
        "这一类每项都要有附件。导入后，没有错误的行会成为草稿，请逐份上传附件后提交。",
        "Items of this group need a file each. Rows without fault become drafts, to which you add the file before filing.",
    ),
    reading: phrase("正在读取表格", "Reading the spreadsheet"),
    reading_text: phrase(
        "内容已安全保存。可以离开本页，稍后从“我的申报”回来。",
        "What you sent is kept. You may leave and come back from “My filings”.",
    ),
    read_so_far: phrase("已读取", "read so far"),
    filing: phrase("正在逐行提交", "Filing row by row"),
    filing_text: phrase(
        "每行成为一件申报。可以离开本页，提交会继续进行。",
        "Each row becomes a filing of its own. You may leave; it goes on.",
    ),
    to_be_filed: phrase("待提交", "to be filed"),
    refresh: phrase("本页每 3 秒自动刷新。", "This page reloads itself every 3 seconds."),
    stop_refreshing: phrase("停止自动刷新", "Stop reloading"),
    refused: phrase("没有读出内容", "Nothing could be read"),
    refused_kept: phrase("原来的内容已保留，没有丢失。", "What you sent is kept as it is; nothing is lost."),
    again: phrase("重新导入", "Import again"),
    notes: phrase("请留意", "Please note"),
    rows: phrase("各行", "Rows"),
    rows_faulty: phrase("需要更正的行", "Rows to mend"),
    rows_all: phrase("全部的行", "All rows"),
    show_faulty: phrase("只看需要更正的行", "Only rows to mend"),
    show_all: phrase("查看全部的行", "All rows"),
    no_faulty: phrase("没有需要更正的行。", "No row needs mending."),
    mend: phrase("更正", "Mend"),
    line: phrase("行", "Row"),
    item: phrase("名称", "Item"),
    problems: phrase("问题", "Problems"),
    sound: phrase("没有错误，待处理", "without fault, to be filed"),
    faulty: phrase("需要更正", "to be mended"),
    drafted: phrase("已转为草稿", "made drafts"),
    filed: phrase("已提交", "filed"),
    dropped: phrase("已舍弃", "dropped"),
    unreadable: phrase("没有读出", "Could not be read"),
    next_page: phrase("后面的行", "Further rows"),
    first_page: phrase("回到开头", "Back to the first"),
    file_rows: phrase("核对承诺并提交没有错误的行", "Pledge and file the rows without fault"),
    to_drafts: phrase("转为草稿，上传附件后提交", "Make drafts, to add files and file them"),
    to_drafts_text: phrase(
        "这一类每项都要有附件，不能直接提交。",
        "Items of this group need a file each and cannot be filed at once.",
    ),
    made_drafts: phrase(
        "没有错误的行已转为草稿，请在“我的申报”中逐份上传附件后提交。",
        "The rows without fault are drafts now: add the files from “My filings” and file them.",
    ),
    saved: phrase("已保存。", "Saved."),
    row_dropped: phrase("已舍弃这一行。", "The row was dropped."),
    save: phrase("保存并检查", "Save and check"),
    save_next: phrase("保存并更正下一行", "Save and mend the next row"),
    drop: phrase("舍弃这一行", "Drop this row"),
    back: phrase("返回这次导入", "Back to the import"),
    changed: phrase(
        "这一行在您填写期间被改动过。下面是您填写的内容，再次保存会以它为准。",
        "This row was changed while you typed. Below is what you typed; saving again keeps that.",
    ),
    settled: phrase("这一行已经处理，不能再改。", "This row is settled and cannot be changed any more."),
    pledge_title: phrase("承诺并提交", "Pledge and file"),
    pledge_lead: phrase(
        "将逐行提交，每行成为一件申报。承诺和授权适用于以下各项：",
        "Each row becomes a filing of its own. The pledge and the authorisations apply to all of them:",
    ),
    rows_changed: phrase(
        "还没有提交：您核对时，有人修改或去掉了其中的行。请按现在的内容重新核对，再提交。",
        "Not filed yet: somebody changed or dropped rows while you were checking them. Check them as they are now, then file.",
    ),
    close: phrase("结束这次导入", "Put this import away"),
    close_title: phrase("确认结束这次导入", "Put this import away?"),
    close_text: phrase(
        "尚未提交或转为草稿的行将不再显示。已提交的申报和草稿不受影响。",
        "Rows that are neither filed nor drafts will not be shown any more. Filings and drafts stay.",
    ),
    under_way: phrase("正在处理，请等它完成", "It is being worked on; please wait until it is done"),
    unfinished: phrase("未完成的批量导入", "Imports to finish"),
    export: phrase("导出", "Export"),
    export_text: phrase(
        "把已登记的信息导出为表格，改好后可以再导入。",
        "What is registered, as tables that can be imported again.",
    ),
    counts: phrase("这次导入的行数", "Rows of this import"),
};

/// How many rows stand somewhere: `12 行已提交`.
pub fn count(number: i64, what: Phrase, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{number} 行{}", what.zh),
        Lang::En => format!("{number} {}", what.en),
    }
}

/// What an import is called: by its file, or that its rows were pasted.
pub fn source(file_name: Option<&str>, lang: Lang) -> String {
    file_name.map_or_else(|| lang.say(WORDS.pasted).to_owned(), str::to_owned)
}

/// How far it is, said while it goes on: only every thousand rows, as each change is read aloud.
pub fn under_way(what: Phrase, rows: i64, lang: Lang) -> String {
    match (rows / 1_000 * 1_000, lang) {
        (0, _) => lang.say(what).to_owned(),
        (rows, Lang::Zh) => format!("{}，已完成 {rows} 行以上", what.zh),
        (rows, Lang::En) => format!("{}: {rows} rows or more are done", what.en),
    }
}

/// That the portal is done with it, and how many rows stand where.
pub fn done(counts: &[String], lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已处理完：{}。", counts.join("；")),
        Lang::En => format!("Done: {}.", counts.join("; ")),
    }
}

/// Which row.
pub fn line(number: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第 {number} 行"),
        Lang::En => format!("Row {number}"),
    }
}

/// Why nothing of a file could be read, and what to do.
pub fn refusal(refusal: &Refusal, lang: Lang) -> String {
    let said = |zh: &str, en: &str| lang_of(lang, zh, en);
    match refusal {
        Refusal::OtherKind => said(
            "这个文件不是 .xlsx 或 .csv 表格。请用模板填写后上传。",
            "This is neither an .xlsx nor a .csv table. Please use the template.",
        ),
        Refusal::OldWorkbook => said(
            "这是旧版 .xls 文件。请在表格软件中“另存为” .xlsx 后重新上传。",
            "This is an old .xls workbook. Save it as .xlsx and send that.",
        ),
        Refusal::Password => said(
            "这个文件有密码保护。请取消密码后重新上传。",
            "This file is protected by a password. Take the password off and send it again.",
        ),
        Refusal::Bomb => said(
            "这个文件解压后过大，不像是填写的表格。请把内容复制到新下载的模板中再上传。",
            "Unpacked, this file is far larger than a table would be. Copy the rows into a fresh template and send that.",
        ),
        Refusal::Broken => said(
            "这个文件已损坏，打不开。请在表格软件中打开检查、重新保存后上传。",
            "This file is damaged. Open it in a spreadsheet program, save it again and send that.",
        ),
        Refusal::Encoding => said(
            "读不出文件中的文字。请把 CSV 保存为 UTF-8 编码，或者改用 .xlsx。",
            "The text cannot be read. Save the CSV as UTF-8, or use .xlsx.",
        ),
        Refusal::Quotation { line } => match lang {
            Lang::Zh => format!("从第 {line} 行开始的引号没有结束，后面的内容无法分清。请检查这一行的引号，或者改用 .xlsx。"),
            Lang::En => {
                format!("A quotation that begins in line {line} never ends. Check the quotation marks there, or use .xlsx.")
            }
        },
        Refusal::NoHeads => said(
            "没有找到列名。请保留模板第 1 行的列名，在它下面填写。",
            "No row has the template’s heads. Keep the first row of the template and fill in below it.",
        ),
        Refusal::NoRows => {
            said("列名下面没有内容。请从第 2 行开始填写。", "There is nothing below the heads. Fill in from row 2 on.")
        }
        Refusal::TooManyRows => match lang {
            Lang::Zh => format!("超过 {MOST_ROWS} 行。请分成几部分，分别导入。"),
            Lang::En => format!("More than {MOST_ROWS} rows. Split them and import the parts one by one."),
        },
    }
}

/// What people are told of a file that was read.
pub fn note(note: &Note, kind: FormKind, lang: Lang) -> String {
    let head = |name: &str| {
        let column = columns(kind.form()).into_iter().find(|column| column.name() == name);
        let heads = column.map(|column| column.headers()).unwrap_or_default();
        lang_of(lang, &heads.0, &heads.1)
    };
    match (note, lang) {
        (Note::UnknownColumn(head), Lang::Zh) => format!("模板中没有“{head}”这一列（或者单位不同），没有读取。"),
        (Note::UnknownColumn(head), Lang::En) => {
            format!("The template has no column “{head}” (or has another unit): it was left out.")
        }
        (Note::RepeatedColumn(head), Lang::Zh) => format!("“{head}”出现了两次，只读取了第一列。"),
        (Note::RepeatedColumn(head), Lang::En) => format!("“{head}” is there twice: the first one was read."),
        (Note::MissingColumn(name), Lang::Zh) => format!("缺少必填的列“{}”。可以补上这一列重新导入，或者逐行填写。", head(name)),
        (Note::MissingColumn(name), Lang::En) => {
            format!("The required column “{}” is missing. Add it and import again, or fill in row by row.", head(name))
        }
        (Note::NoHeads, Lang::Zh) => "没有找到列名，按模板的列顺序读取，从第 1 行开始。".to_owned(),
        (Note::NoHeads, Lang::En) => {
            "There are no heads: the columns were read in the template’s order, from the first row on.".to_owned()
        }
        (Note::Merged(count), Lang::Zh) => format!("有 {count} 处合并单元格，只有每处左上角的单元格有内容，其余按空白读取。"),
        (Note::Merged(count), Lang::En) => {
            format!("There are {count} merged areas: only the upper left cell of each has its content, the others count as empty.")
        }
        (Note::Sheet(name), Lang::Zh) => format!("读取的是工作表“{name}”。"),
        (Note::Sheet(name), Lang::En) => format!("The sheet that was read is “{name}”."),
        (Note::UnknownWord { line, name, typed }, Lang::Zh) => {
            format!("第 {line} 行“{}”填写的“{typed}”不在可选范围内，按未填写处理。", head(name))
        }
        (Note::UnknownWord { line, name, typed }, Lang::En) => {
            format!("Row {line}, “{}”: “{typed}” is none of the choices and counts as empty.", head(name))
        }
    }
}

/// What stands on the template's sheet of instructions, in Chinese and in English.
pub fn instructions(kind: FormKind) -> Vec<(String, String)> {
    let form = kind.form();
    let mut said = vec![
        (
            format!("{}：每行一项，从第 2 行开始填写，最多 {MOST_ROWS} 行。", form.title.zh),
            format!("{}: one item a row from row 2 on, at most {MOST_ROWS} rows.", form.title.en),
        ),
        (
            "不要修改第 1 行的列名；列的顺序可以调整，带 * 的必须填写。".to_owned(),
            "Leave the heads in row 1 as they are; columns may be moved. Those with * are required.".to_owned(),
        ),
        (
            "编号、代码请保持文本格式，不要让表格软件改成科学计数法。".to_owned(),
            "Keep numbers and codes as text, so that no digits are lost.".to_owned(),
        ),
        (
            "日期写成 2026-03-05；金额只写数字，单位见列名。".to_owned(),
            "Write dates like 2026-03-05; amounts as plain numbers in the unit of the head.".to_owned(),
        ),
    ];
    if needs_file(form) {
        said.push((WORDS.needs_file.zh.to_owned(), WORDS.needs_file.en.to_owned()));
    }
    said
}

fn lang_of(lang: Lang, zh: &str, en: &str) -> String {
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}
