//! The notice before a pledge (告知), as it is shown and signed: 国办发〔2020〕42号 says what it must contain.

use crate::commitment::filling::{Piece, pieces};
use crate::commitment::template::Template;

impl Template {
    /// The notice line by line; empty where the template has none.
    pub fn notice_lines(&self) -> Vec<String> {
        self.notice_lines_of(&blanks_named(self, &self.matter))
    }

    /// As [`Template::notice_lines`], of this matter: what whoever pledges has filled in.
    pub fn notice_lines_of(&self, matter: &str) -> Vec<String> {
        let Some(notice) = &self.notice else { return Vec::new() };
        let bases: Vec<String> = self.bases.iter().map(|basis| basis.cited()).collect();
        let mut lines = vec![format!("一、事项：{matter}")];
        lines.push(format!("二、设定依据：{}。", bases.join("；")));
        lines.push("三、需要证明的内容（应当符合的条件）：".to_owned());
        lines.extend(notice.to_prove.iter().enumerate().map(|(at, what)| format!("（{}）{what}", at + 1)));
        lines.push(format!("四、承诺的方式和效力：{}", notice.how_to_pledge));
        lines.push("五、不实承诺的责任：".to_owned());
        lines.push(format!("（1）民事责任：{}", notice.civil_liability));
        lines.push(format!("（2）行政责任：{}", notice.administrative_liability));
        lines.push(format!("（3）刑事责任：{}", notice.criminal_liability));
        lines.push(format!("六、核查权力：{}", notice.right_to_check));
        lines.push(format!(
            "七、承诺书是否公开、公开范围及时限：{}，{}。",
            self.scope.label().zh,
            self.publication_term.words().zh
        ));
        lines.push(format!("八、不采用告知承诺的办理方式：{}", notice.ordinary_way));
        lines
    }
}

/// A text with each blank as its label in brackets.
fn blanks_named(template: &Template, paragraph: &str) -> String {
    let pieces = pieces(paragraph);
    let named = pieces.iter().map(|piece| match piece {
        Piece::Words(words) => (*words).to_owned(),
        Piece::Blank(name) => format!("【{}】", template.blank(name).map_or(*name, |(blank, _)| blank.label.zh.as_str())),
    });
    named.collect()
}
