//! Reads a page the way a person does: title, words, what stands in and at each field.

use std::collections::HashMap;

/// A page.
#[derive(Debug)]
pub struct Page {
    pub html: String,
}

/// The attributes of a tag.
pub type Attributes = HashMap<String, String>;

impl Page {
    pub fn read(html: &str) -> Self {
        Self { html: html.to_owned() }
    }

    /// What the tab says.
    pub fn title(&self) -> String {
        self.words_in("<title").unwrap_or_default()
    }

    pub fn h1(&self) -> String {
        self.words_in("<h1").unwrap_or_default()
    }

    pub fn lang(&self) -> String {
        tags(&self.html, "html").first().and_then(|html| html.get("lang").cloned()).unwrap_or_default()
    }

    /// All words of the body.
    pub fn text(&self) -> String {
        words(element(&self.html, "<body").unwrap_or(&self.html))
    }

    /// Whether the page says this.
    pub fn says(&self, what: &str) -> bool {
        self.text().contains(what)
    }

    /// That it does; the test's failure shows what it says instead.
    #[track_caller]
    pub fn must_say(&self, what: &str) {
        assert!(self.says(what), "the page does not say “{what}” but: {}", self.text());
    }

    #[track_caller]
    pub fn must_not_say(&self, what: &str) {
        assert!(!self.says(what), "the page says “{what}”: {}", self.text());
    }

    /// The words of the first element whose tag contains this.
    pub fn words_in(&self, mark: &str) -> Option<String> {
        element(&self.html, mark).map(words)
    }

    /// The page without the first element that begins so.
    pub fn without(&self, mark: &str) -> Self {
        Self::read(&element(&self.html, mark).map_or(self.html.clone(), |inner| self.html.replacen(inner, "", 1)))
    }

    /// The page without what stands around it on every page, which has forms and links of its own.
    fn inner(&self) -> &str {
        element(&self.html, "<main").unwrap_or(&self.html)
    }

    /// The value of a hidden input.
    #[track_caller]
    pub fn hidden(&self, name: &str) -> String {
        let found = tags(self.inner(), "input").into_iter().find(|input| is(input, "type", "hidden") && is(input, "name", name));
        found.unwrap_or_else(|| panic!("there is no hidden {name} on the page: {}", self.text()))["value"].clone()
    }

    /// A form that the page keeps so that it can be posted again: where it goes, as what, and everything in it.
    #[track_caller]
    pub fn kept_form(&self) -> (String, Option<String>, Vec<(String, String)>) {
        let form = tags(self.inner(), "form").into_iter().next();
        let form = form.unwrap_or_else(|| panic!("there is no form on the page: {}", self.text()));
        let fields = tags(self.inner(), "input").into_iter().map(|input| {
            assert!(is(&input, "type", "hidden"), "{input:?}");
            (input["name"].clone(), input["value"].clone())
        });
        (form["action"].clone(), form.get("enctype").cloned(), fields.collect())
    }

    /// The draft's version that the page shows.
    #[track_caller]
    pub fn version(&self) -> String {
        self.hidden("version")
    }

    /// What stands in a text input.
    #[track_caller]
    pub fn typed(&self, name: &str) -> String {
        let found = tags(&self.html, "input").into_iter().find(|input| is(input, "type", "text") && is(input, "name", name));
        found.unwrap_or_else(|| panic!("there is no field {name} on the page: {}", self.text()))["value"].clone()
    }

    /// The values of this name that are chosen or ticked.
    pub fn ticked(&self, name: &str) -> Vec<String> {
        let boxes = tags(&self.html, "input").into_iter();
        boxes.filter(|input| is(input, "name", name) && input.contains_key("checked")).map(|input| input["value"].clone()).collect()
    }

    /// What the page says is wrong with a field, at the field.
    pub fn problem_at(&self, name: &str) -> Option<String> {
        let field = element(&self.html, &format!("data-field=\"{name}\""))?;
        let shown = tags(field, "p").into_iter().any(|p| is(&p, "class", "field__problem") && !p.contains_key("hidden"));
        shown.then(|| words(element(field, "class=\"field__problem-text\"").unwrap()))
    }

    /// What the platform said of a field, and what had stood there.
    pub fn remark_at(&self, name: &str) -> Option<String> {
        let field = element(&self.html, &format!("data-field=\"{name}\""))?;
        element(field, "class=\"field__remark\"").map(words)
    }

    /// The problems in the summary on top: where each leads, and its words.
    pub fn summary(&self) -> Vec<(String, String)> {
        let Some(summary) = element(&self.html, "id=\"problems\"") else { return Vec::new() };
        if tags(summary, "div")[0].contains_key("hidden") {
            return Vec::new();
        }
        elements(summary, "<a ").into_iter().map(|link| (tags(link, "a")[0]["href"].clone(), words(link))).collect()
    }

    /// The answer beside a label.
    #[track_caller]
    pub fn answer_to(&self, label: &str) -> String {
        let rows = elements(&self.html, "class=\"summary-list__row\"");
        let row = rows.iter().find(|row| words(element(row, "<dt").unwrap()) == label);
        let row = row.unwrap_or_else(|| panic!("the page has no “{label}”: {}", self.text()));
        words(element(row, "<dd").unwrap())
    }

    /// Where a filing stands, without the shape beside it.
    pub fn state(&self) -> String {
        let state = self.words_in("class=\"state__name\"").unwrap_or_default();
        state.trim_start_matches(['○', '✓', '!', '✕', '–', ' ']).to_owned()
    }

    /// What happened, newest first.
    pub fn history(&self) -> Vec<String> {
        elements(&self.html, "class=\"timeline__moment\"").into_iter().map(words).collect()
    }

    /// The entries of the list of files.
    pub fn files(&self) -> Vec<String> {
        elements(&self.html, "class=\"file-list__file").into_iter().map(words).collect()
    }

    /// Where links lead.
    pub fn links(&self) -> Vec<String> {
        tags(&self.html, "a").into_iter().filter_map(|link| link.get("href").cloned()).collect()
    }

    /// The link of the page itself that is or begins like this.
    #[track_caller]
    pub fn link(&self, beginning: &str) -> String {
        let found = tags(self.inner(), "a")
            .into_iter()
            .filter_map(|link| link.get("href").cloned())
            .find(|link| link.starts_with(beginning));
        found.unwrap_or_else(|| panic!("no link begins with {beginning}: {:?}", self.links()))
    }
}

fn is(tag: &Attributes, name: &str, value: &str) -> bool {
    tag.get(name).is_some_and(|found| found == value)
}

/// The words of some HTML, with entities read and blanks joined.
pub fn words(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        // Comments stand between texts without parting them; elements part words for the eye.
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        text.push_str(if rest.starts_with("<!") { "" } else { " " });
        rest = rest.find(end).map_or("", |at| &rest[at + end.len()..]);
    }
    text.push_str(rest);
    decode(&text).split_whitespace().collect::<Vec<_>>().join(" ").replace(" ：", "：").replace("： ", "：")
}

fn decode(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#10;", "\n"),
        ("&#13;", "\r"),
        ("&amp;", "&"),
    ];
    named.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

/// All tags of this name.
pub fn tags(html: &str, name: &str) -> Vec<Attributes> {
    let open = format!("<{name}");
    html.match_indices(&open)
        .filter(|(at, _)| html[at + open.len()..].starts_with([' ', '>', '/']))
        .map(|(at, _)| attributes(&html[at + open.len()..]))
        .collect()
}

fn attributes(mut rest: &str) -> Attributes {
    let mut found = Attributes::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with(['>', '/']) {
            return found;
        }
        let end = rest.find([' ', '=', '>']).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').unwrap_or(quoted.len());
            (value, rest) = (&quoted[..end], quoted.get(end + 1..).unwrap_or_default());
        }
        found.insert(name, decode(value));
    }
}

/// The first element whose tag contains this, with its content.
pub fn element<'a>(html: &'a str, mark: &str) -> Option<&'a str> {
    elements(html, mark).into_iter().next()
}

/// All elements whose tag contains this.
pub fn elements<'a>(html: &'a str, mark: &str) -> Vec<&'a str> {
    html.match_indices(mark)
        .map(|(at, _)| {
            let begin = html[..=at].rfind('<').unwrap();
            let rest = &html[begin..];
            let name_ends = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap() + 1;
            whole(rest, &rest[1..name_ends])
        })
        .collect()
}

/// From its tag to the end that belongs to it.
fn whole<'a>(html: &'a str, name: &str) -> &'a str {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut depth = 0;
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        if rest.starts_with(&close) {
            depth -= 1;
            if depth == 0 {
                return &html[..at + close.len()];
            }
            at += close.len();
        } else if rest.starts_with(&open) && rest[open.len()..].starts_with([' ', '>']) {
            depth += 1;
            at += open.len();
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    html
}
