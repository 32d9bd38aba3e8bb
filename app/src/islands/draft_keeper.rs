//! Keeps a draft while it is typed, and checks it in the browser with the same code as the server.

#![allow(missing_docs, reason = "the macro makes an undocumented type of the same name")]

use leptos::prelude::*;

/// Wraps the plain form `draft-form` and the line `saving`: saves by itself, checks when “continue” is pressed, and takes a
/// message away as soon as what it says is mended. It never shows a problem before somebody has pressed “continue”.
///
/// What it must know stands in the form's `data-` attributes: an island with properties would carry a JSON reader.
#[island]
pub fn DraftKeeper(
    /// The form, and the line that says how saving stands.
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::Keeper::begin();
    children()
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;
    use std::time::Duration;

    use credit::attachment::{Attachment, FileRefusal, FileState, MediaType};
    use credit::credit_code::CreditCode;
    use credit::date::parse_date;
    use credit::draft::Draft;
    use credit::form::{Form, FormKind};
    use credit::problem::{Fault, Problem, Problems};
    use credit::public_view::public_view;
    use credit::registration::{Content, Facts, read};
    use gloo_net::http::Request;
    use leptos::leptos_dom::helpers::set_timeout;
    use leptos::prelude::*;
    use wasm_bindgen::prelude::Closure;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::spawn_local;
    use web_sys::{
        Element, Event, FocusEvent, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, Node, SubmitEvent, UrlSearchParams,
    };

    use super::super::leaving::{on_leaving, outlasting_the_page, reload_when_restored};
    use super::super::saving_line;
    use super::super::uploader::{self, Uploader};
    use super::super::{by_id, page_lang};
    use crate::wording::saving::Saving;
    use crate::wording::{Lang, answers, faults, uploading};

    /// What was typed is saved this long after it was typed.
    const PAUSE: Duration = Duration::from_millis(1500);
    /// After a failure the next try comes this long after.
    const RETRY: Duration = Duration::from_secs(5);

    pub(super) struct Keeper {
        kind: FormKind,
        /// Today in Shanghai: the server's, not the browser's.
        today: chrono::NaiveDate,
        lang: Lang,
        form: HtmlFormElement,
        /// The address of the draft.
        address: String,
        /// Something was typed that is not saved yet.
        unsaved: Cell<bool>,
        /// A save is scheduled or on its way.
        busy: Cell<bool>,
        on_its_way: Cell<bool>,
        /// An input method is composing: what stands in the field now is not what is meant.
        composing: Cell<bool>,
        /// The button that was pressed while a save was on its way.
        pressed: RefCell<Option<HtmlElement>>,
    }

    impl Keeper {
        pub(super) fn begin() {
            let Some(keeper) = Self::of_page() else { return };
            let keeper = Rc::new(keeper);
            keeper.on("input", |keeper, _| keeper.changed());
            keeper.on("change", |keeper, _| keeper.changed());
            // Who leaves the form may leave the page with the same click: what stands in it goes at once.
            keeper.on("focusout", |keeper, event| {
                let to = event.dyn_ref::<FocusEvent>().and_then(FocusEvent::related_target);
                let to = to.and_then(|to| to.dyn_into::<Node>().ok());
                if to.is_none_or(|to| !keeper.form.contains(Some(&to))) {
                    keeper.save_at_once();
                }
            });
            keeper.on("compositionstart", |keeper, _| keeper.composing.set(true));
            keeper.on("compositionend", |keeper, _| {
                keeper.composing.set(false);
                keeper.changed();
            });
            keeper.on(uploader::ENDED, |keeper, _| keeper.files_are_there());
            keeper.on("submit", |keeper, event| keeper.submitted(event));
            let leaving = Rc::clone(&keeper);
            on_leaving(move || leaving.left());
            Uploader::begin(&keeper.form, keeper.lang);
            reload_when_restored();
            // What was typed before the module was there is saved too.
            keeper.changed_before_waking();
        }

        fn of_page() -> Option<Self> {
            let form = by_id("draft-form")?.dyn_into::<HtmlFormElement>().ok()?;
            Some(Self {
                kind: FormKind::named(&form.get_attribute("data-kind")?)?,
                today: parse_date(&form.get_attribute("data-today")?).ok()?,
                lang: page_lang(),
                address: form.get_attribute("action")?,
                form,
                unsaved: Cell::new(false),
                busy: Cell::new(false),
                on_its_way: Cell::new(false),
                composing: Cell::new(false),
                pressed: RefCell::new(None),
            })
        }

        fn on(self: &Rc<Self>, name: &str, act: impl Fn(&Rc<Self>, &Event) + 'static) {
            let keeper = Rc::clone(self);
            let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| act(&keeper, &event));
            let _ = self.form.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            listener.forget();
        }

        fn changed_before_waking(self: &Rc<Self>) {
            let inputs = self.form.elements();
            let touched = (0..inputs.length()).filter_map(|at| inputs.item(at)).any(|element| {
                element.dyn_into::<HtmlInputElement>().is_ok_and(|input| match input.type_().as_str() {
                    "text" => input.value() != input.default_value(),
                    "radio" | "checkbox" => input.checked() != input.default_checked(),
                    _ => false,
                })
            });
            if touched {
                self.changed();
            }
        }

        fn changed(self: &Rc<Self>) {
            if self.composing.get() {
                return;
            }
            self.unsaved.set(true);
            self.refresh();
            self.schedule(PAUSE);
        }

        fn schedule(self: &Rc<Self>, pause: Duration) {
            if !self.busy.replace(true) {
                let keeper = Rc::clone(self);
                set_timeout(move || keeper.save(), pause);
            }
        }

        /// Saves what is not saved yet without waiting for a pause.
        fn save_at_once(self: &Rc<Self>) {
            if self.unsaved.get() && !self.on_its_way.get() {
                self.busy.set(true);
                self.save();
            }
        }

        /// The page is left. What was typed after the save that is on its way cannot wait for the version that it gives: at
        /// worst it is kept as a version of its own.
        fn left(self: &Rc<Self>) {
            if self.on_its_way.get() && self.unsaved.replace(false) {
                let keeper = Rc::clone(self);
                spawn_local(async move { drop(keeper.put().await) });
            }
            self.save_at_once();
        }

        fn save(self: &Rc<Self>) {
            // It was saved before its time came, or is being saved: what is typed meanwhile has a turn of its own.
            if self.on_its_way.get() || !self.unsaved.get() {
                return;
            }
            if self.composing.get() {
                self.busy.set(false);
                self.schedule(PAUSE);
                return;
            }
            self.unsaved.set(false);
            self.on_its_way.set(true);
            self.say(&Saving::Saving);
            let keeper = Rc::clone(self);
            spawn_local(async move {
                let outcome = keeper.put().await;
                keeper.on_its_way.set(false);
                keeper.busy.set(false);
                let failed = matches!(outcome, Saving::ServerTrouble | Saving::NoNetwork | Saving::SignedOut);
                keeper.say(&outcome);
                if failed {
                    keeper.unsaved.set(true);
                    keeper.schedule(RETRY);
                } else if keeper.unsaved.get() && matches!(outcome, Saving::Saved(_) | Saving::Rival) {
                    keeper.schedule(PAUSE);
                }
                keeper.press();
            });
        }

        /// Presses the button that had to wait, unless it must wait for something else.
        fn press(&self) {
            if self.on_its_way.get() || self.form.has_attribute(uploader::UNDER_WAY) {
                return;
            }
            let pressed = self.pressed.borrow_mut().take();
            if let Some(button) = pressed {
                button.click();
            }
        }

        fn files_are_there(&self) {
            self.refresh();
            self.press();
        }

        fn say(&self, saving: &Saving) {
            saving_line::say(saving, &self.address, self.lang);
        }

        /// Sends the answers; the server says the new version and the time.
        async fn put(&self) -> Saving {
            let Some(version) = self.hidden("version") else { return Saving::Gone };
            let Ok(body) = UrlSearchParams::new() else { return Saving::ServerTrouble };
            body.append("version", &version.value());
            body.append("window", &self.hidden("window").map(|input| input.value()).unwrap_or_default());
            for (name, answer) in self.answers() {
                body.append(&name, &answer);
            }
            let body = String::from(body.to_string());
            let length = body.len();
            let request = Request::put(&self.address).header("content-type", "application/x-www-form-urlencoded").body(body);
            let Some(request) = request.ok().and_then(|request| outlasting_the_page(request, length)) else {
                return Saving::ServerTrouble;
            };
            let Ok(answer) = request.send().await else { return Saving::NoNetwork };
            let text = answer.text().await.unwrap_or_default();
            match answer.status() {
                200 => match text.split_once(' ') {
                    Some((new, at)) => {
                        version.set_value(new);
                        Saving::Saved(at.to_owned())
                    }
                    None => Saving::ServerTrouble,
                },
                401 => Saving::SignedOut,
                404 => Saving::Gone,
                409 => Saving::Rival,
                _ => Saving::ServerTrouble,
            }
        }

        fn hidden(&self, name: &str) -> Option<HtmlInputElement> {
            self.form.query_selector(&format!("input[name={name}]")).ok().flatten()?.dyn_into().ok()
        }

        fn declared(&self) -> &'static Form {
            self.kind.form()
        }

        /// What is sent to be kept: what the form asks and, of a commitment, the blanks that the page has.
        fn answers(&self) -> Vec<(String, String)> {
            if self.kind != FormKind::Commitment {
                return self.typed().answers().map(|(name, answer)| (name.to_owned(), answer.to_owned())).collect();
            }
            let Ok(data) = FormData::new_with_form(&self.form) else { return Vec::new() };
            let fields = self.form.query_selector_all("[data-field]").ok();
            let names = fields.iter().flat_map(|fields| (0..fields.length()).filter_map(|at| fields.item(at)));
            let names = names.filter_map(|field| field.dyn_into::<Element>().ok()?.get_attribute("data-field"));
            names.filter_map(|name| Some((name.clone(), data.get(&name).as_string()?))).collect()
        }

        fn typed(&self) -> Draft {
            let form = self.declared();
            let Ok(data) = FormData::new_with_form(&self.form) else { return Draft::default() };
            let answers = form.answer_names().map(|name| {
                let answer = data.get(&name).as_string().unwrap_or_default();
                (name, answer)
            });
            Draft::typed(form, answers)
        }

        /// What the page shows of the draft's files. Of a kept file only that it is kept counts here.
        fn facts(&self) -> Facts {
            let enterprise = self.form.get_attribute("data-enterprise").and_then(|code| CreditCode::parse(&code).ok());
            let mut facts = Facts { enterprise, ..Facts::default() };
            let Ok(files) = self.form.query_selector_all("[data-file]") else { return facts };
            for file in (0..files.length()).filter_map(|at| files.item(at)?.dyn_into::<Element>().ok()) {
                let state = match FileRefusal::named(&file.get_attribute("data-refused").unwrap_or_default()) {
                    Some(why) => FileState::Refused(why),
                    None => FileState::Kept { sha256: String::new(), media_type: MediaType::Pdf, bytes: 0 },
                };
                let name = file.get_attribute("data-file").unwrap_or_default();
                facts.attachments.push(Attachment { id: String::new(), name, state });
            }
            facts
        }

        /// What holds and what does not. Files that are chosen but not sent yet count as there: the server looks at them when
        /// they arrive.
        fn judged(&self) -> (Content, Problems) {
            // What the blanks of a template take, only the server knows.
            if self.kind == FormKind::Commitment {
                return (Content::new(), Problems::new());
            }
            let chosen = self.form.query_selector("input[type=file]").ok().flatten();
            let chosen =
                chosen.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()).is_some_and(|input| !input.value().is_empty());
            let (content, mut problems) = read(self.kind, &self.typed(), &self.facts(), self.today);
            problems.retain(|problem| !(chosen && problem.fault == Fault::NoFile));
            (content, problems)
        }

        fn submitted(self: &Rc<Self>, event: &Event) {
            let button = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
            let uploading = self.form.has_attribute(uploader::UNDER_WAY);
            if uploading && let Some(line) = by_id("saving") {
                saving_line::say_words(&line, uploading::goes_on_after(self.lang));
            }
            if uploading || self.on_its_way.get() {
                event.prevent_default();
                *self.pressed.borrow_mut() = button;
                return;
            }
            let action = button.and_then(|button| button.get_attribute("value")).unwrap_or_default();
            if action != "continue" {
                self.unsaved.set(false);
                return;
            }
            let (_, problems) = self.judged();
            if problems.is_empty() {
                // The form itself carries it now.
                self.unsaved.set(false);
                return;
            }
            event.prevent_default();
            for field in self.declared().fields {
                self.show_at_field(field.name, &problems);
            }
            self.show_summary(&problems);
            if let Some(summary) = by_id("problems").and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
                let _ = summary.focus();
            }
            self.changed();
        }

        /// What the page says of the answers follows what is typed: the view of strangers, and the messages that are shown. They
        /// change, or go away; none is added.
        fn refresh(&self) {
            if self.kind == FormKind::Commitment {
                return;
            }
            let (content, mut problems) = self.judged();
            self.show_preview(&content);
            let shown: Vec<Element> = self.shown_fields();
            if shown.is_empty() {
                return;
            }
            let names: Vec<String> = shown.iter().filter_map(|field| field.get_attribute("data-field")).collect();
            problems.retain(|problem| names.iter().any(|name| name == problem.field.name));
            for name in &names {
                self.show_at_field(name, &problems);
            }
            self.show_summary(&problems);
        }

        /// The same rows as the server's `public_preview`.
        fn show_preview(&self, content: &Content) {
            let (Some(list), Some(empty)) = (by_id("preview"), by_id("preview-empty")) else { return };
            list.set_text_content(None);
            let rows = public_view(self.declared(), content);
            let _ = empty.toggle_attribute_with_force("hidden", !rows.is_empty());
            for (field, shown) in rows {
                let _ = append_row(&list, self.lang.say(field.label), &answers::shown(field, &shown, self.lang));
            }
        }

        fn shown_fields(&self) -> Vec<Element> {
            let Ok(shown) = self.form.query_selector_all(".field--problem") else { return Vec::new() };
            (0..shown.length()).filter_map(|at| shown.item(at)?.dyn_into().ok()).collect()
        }

        fn show_at_field(&self, name: &str, problems: &[Problem]) {
            let Ok(Some(field)) = self.form.query_selector(&format!("[data-field={name}]")) else { return };
            let sentences = faults::say_all(problems, name, self.lang);
            let sound = sentences.is_empty();
            let _ = field.class_list().toggle_with_force("field--problem", !sound);
            // An item of an objection is closed until somebody opens it.
            if !sound && let Ok(Some(item)) = field.closest("details") {
                let _ = item.set_attribute("open", "");
            }
            if let Ok(Some(message)) = field.query_selector(".field__problem") {
                let _ = message.toggle_attribute_with_force("hidden", sound);
            }
            if let Ok(Some(text)) = field.query_selector(".field__problem-text") {
                text.set_text_content(Some(&sentences));
            }
            if let Ok(Some(control)) = field.query_selector(".control") {
                let _ =
                    if sound { control.remove_attribute("aria-invalid") } else { control.set_attribute("aria-invalid", "true") };
            }
        }

        fn show_summary(&self, problems: &[Problem]) {
            let Some(summary) = by_id("problems") else { return };
            let _ = summary.toggle_attribute_with_force("hidden", problems.is_empty());
            self.mark_title(!problems.is_empty());
            let Ok(Some(list)) = summary.query_selector("ul") else { return };
            list.set_text_content(None);
            for problem in problems {
                let _ = self.append_link(&list, problem);
            }
        }

        fn append_link(&self, list: &Element, problem: &Problem) -> Result<(), JsValue> {
            let item = document().create_element("li")?;
            let link = document().create_element("a")?;
            link.set_attribute("href", &format!("#f-{}", problem.field.name))?;
            link.set_text_content(Some(&faults::say(problem, self.lang)));
            item.append_child(&link)?;
            list.append_child(&item)?;
            Ok(())
        }

        /// The tab says first that there are problems.
        fn mark_title(&self, problems: bool) {
            let prefix = match self.lang {
                Lang::Zh => "错误：",
                Lang::En => "Error: ",
            };
            let title = document().title();
            let bare = title.strip_prefix(prefix).unwrap_or(&title);
            let title = if problems { format!("{prefix}{bare}") } else { bare.to_owned() };
            document().set_title(&title);
        }
    }

    fn append_row(list: &Element, label: &str, answer: &str) -> Result<(), JsValue> {
        let row = document().create_element("div")?;
        row.set_class_name("public-preview__row");
        for (tag, text) in [("dt", label), ("dd", answer)] {
            let cell = document().create_element(tag)?;
            cell.set_text_content(Some(text));
            row.append_child(&cell)?;
        }
        list.append_child(&row)?;
        Ok(())
    }
}
