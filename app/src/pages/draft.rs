//! A form: the kept draft, its problems where they are asked for, its files.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use credit::attachment::Attachment;
use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::form::{Disclosure, Field, Form, FormKind, Kind};
use credit::objection::disputable;
use credit::problem::Problem;
use credit::registration::{Facts, read_form};
use credit::repair;
use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link, submit};
use crate::components::disputed_item::disputed_item;
use crate::components::error_summary::error_summary;
use crate::components::field::{FieldState, Remark, field};
use crate::components::file_list::file_list;
use crate::components::public_preview::public_preview;
use crate::islands::draft_keeper::DraftKeeper;
use crate::module::{Island, Module};
use crate::shell::Page;
use crate::wording::repairs::WORDS;
use crate::wording::{Lang, answers, faults, repair_steps};

/// The form's id; the island looks for it too.
const FORM: &str = "draft-form";

/// Why the page is shown again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrival {
    /// To fill in.
    #[default]
    Plain,
    /// Somebody pressed “continue”, and there were problems.
    Checked,
    /// The draft was saved on request.
    Saved,
    /// The person signed in again and what was typed was put back.
    Restored,
}

/// What a draft corrects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corrects {
    /// A filing that the platform sent back.
    Returned,
    /// A filing that the platform refused.
    Refused,
    /// A filing that holds, because something has changed since.
    Granted,
}

/// The draft.
pub struct DraftPage {
    /// Its id.
    pub id: String,
    /// For whom.
    pub enterprise: Enterprise,
    /// Which kind of form.
    pub kind: FormKind,
    /// The form: that of its kind or, of a commitment, that of its template.
    pub form: &'static Form,
    /// Its answers that the portal gives: they are shown, and not asked.
    pub given: Vec<&'static Field>,
    /// Fields that are not asked of this draft.
    pub not_asked: Vec<&'static Field>,
    /// Lines at fields that come from data, by field.
    pub notes: BTreeMap<&'static str, String>,
    /// The version that is shown; a change must name it.
    pub version: i64,
    /// A name for the window in which it is shown: what one window types over a newer version is kept once.
    pub window: String,
    /// What was typed.
    pub draft: Draft,
    /// What else it is judged by.
    pub facts: Facts,
    /// Today in Shanghai.
    pub today: NaiveDate,
    /// The platform's remarks, by field, if this corrects a returned filing; those on the whole under `""`.
    pub remarks: BTreeMap<String, Remark>,
    /// The filing that it corrects, and in which state that is.
    pub corrects: Option<(String, Corrects)>,
    /// Whether the person may file it, or somebody else must.
    pub may_file: bool,
    /// Why it is shown.
    pub arrival: Arrival,
    /// Whether another version waits to be compared.
    pub rival: bool,
}

/// The page.
pub fn draft(page: DraftPage, lang: Lang) -> Page {
    let form = page.form;
    let words = &lang.words().form;
    let (content, mut problems) = read_form(form, &page.draft, &page.facts, page.today);
    if page.arrival != Arrival::Checked {
        problems.clear();
    }
    let title = lang.say(form.title);
    let any = !problems.is_empty();
    let form_view = the_form(&page, &problems, lang);
    let preview = FormKind::ALL.contains(&page.kind).then(|| public_preview(page.kind, &content, lang));
    let body = view! {
        {arrival_banner(&page, lang)}
        {error_summary(&problems, lang)}
        <p class="step">{words.steps}</p>
        <h1>{title}</h1>
        <dl class="for-whom">
            <dt>{words.for_whom}</dt>
            <dd>{page.enterprise.name.clone()}" "<span class="number">{page.enterprise.code.to_string()}</span></dd>
            {given(&page, lang)}
        </dl>
        {correction_banner(&page, lang)}
        {(!page.may_file).then(|| banner(BannerKind::Notice, words.others_file, ()))}
        {about_record(page.kind, lang)}
        <p>{words.all_needed}</p>
        <DraftKeeper>
            {form_view}
            <p class="saving" id="saving" role="status"></p>
            {preview}
        </DraftKeeper>
        <p class="actions">{link(Weight::Light, format!("/drafts/{}/deletion", page.id), words.delete)}</p>
    };
    Page {
        title: title.into(),
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: any,
        island: Some(Island::of(Module::Form).with_form(FORM)),
        body: body.into_any(),
    }
}

/// What the portal gives, where the form says it too. Numbers that only machines read are not said.
fn given(page: &DraftPage, lang: Lang) -> Vec<AnyView> {
    let in_form = page.given.iter().filter(|given| page.form.field(given.name).is_some());
    let said = in_form.filter(|given| !page.draft.get(given).is_empty() && !UNSAID.contains(&given.name));
    said.map(|given| {
        let answer = answers::answer(given, page.draft.get(given), lang);
        view! { <dt>{lang.say(given.label)}</dt><dd>{answer}</dd> }.into_any()
    })
    .collect()
}

/// Numbers that nobody knows a record or a commitment by.
const UNSAID: [&str; 3] = [repair::COMMITMENT.name, repair::RECORD.name, repair::AUTHORITY_CODE.name];

/// What is asked for, and that nothing else is.
fn about_record(kind: FormKind, lang: Lang) -> AnyView {
    match kind {
        FormKind::Repair => view! { <p>{lang.say(WORDS.nothing_else)}</p> }.into_any(),
        FormKind::Objection => view! { <p>{lang.say(WORDS.objection_items_text)}</p> }.into_any(),
        _ => ().into_any(),
    }
}

fn the_form(page: &DraftPage, problems: &[Problem], lang: Lang) -> AnyView {
    let words = &lang.words().form;
    let asked = page
        .form
        .fields
        .iter()
        .filter(|declared| !page.given.iter().chain(&page.not_asked).any(|other| other.name == declared.name));
    let mut fields: Vec<AnyView> = Vec::new();
    for declared in asked {
        if !disputable::is_of_item(declared) {
            let control = control(page, declared, problems, lang);
            fields.push(if declared.kind == Kind::Files { files(page, control, lang) } else { control });
        } else if let Some(item) = disputable::ALL.iter().find(|item| item.should.name == declared.name) {
            fields.push(disputed(page, item, problems, lang));
        }
    }
    view! {
        <form id=FORM method="post" action=format!("/drafts/{}", page.id) enctype="multipart/form-data" novalidate
            data-kind=page.kind.name() data-today=page.today.to_string() data-enterprise=page.enterprise.code.to_string()>
            <input type="hidden" name="kind" value=page.kind.name() />
            <input type="hidden" name="window" value=page.window.clone() autocomplete="off" />
            <input type="hidden" name="version" value=page.version.to_string() autocomplete="off" />
            {of_record(page)}
            {fields}
            <div class="actions">
                {submit(Weight::Main, "continue", words.go_on)}
                {submit(Weight::Other, "save", words.save)}
            </div>
        </form>
    }
    .into_any()
}

fn control(page: &DraftPage, declared: &'static Field, problems: &[Problem], lang: Lang) -> AnyView {
    let sentences = faults::say_all(problems, declared.name, lang);
    let state = FieldState {
        typed: page.draft.get(declared).to_owned(),
        disclosure: Disclosure::named(page.draft.answer(&declared.disclosure_name())),
        problem: (!sentences.is_empty()).then_some(sentences),
        remark: page.remarks.get(declared.name).cloned(),
        // At an item of a record it stands above both of its fields.
        note: page.notes.get(declared.name).filter(|_| !disputable::is_of_item(declared)).cloned(),
    };
    field(declared, state, lang)
}

/// An item of a record: closed while nothing is said of it and nothing is wrong with that.
fn disputed(page: &DraftPage, item: &'static disputable::Item, problems: &[Problem], lang: Lang) -> AnyView {
    let both = [item.should, item.why];
    let concerns = |field: &Field| {
        !page.draft.get(field).is_empty()
            || page.remarks.contains_key(field.name)
            || problems.iter().any(|problem| problem.field.name == field.name)
    };
    let open = both.into_iter().any(concerns);
    let [should, why] = both.map(|field| control(page, field, problems, lang));
    disputed_item(lang.say(item.name), page.notes.get(item.should.name).cloned(), open, should, why)
}

/// What a record says, for the browser's check, which has nothing else to know it from; the server takes none of it from there.
fn of_record(page: &DraftPage) -> Vec<AnyView> {
    if !matches!(page.kind, FormKind::Repair | FormKind::Objection) {
        return Vec::new();
    }
    let inputs = page.given.iter().map(|given| {
        view! { <input type="hidden" name=given.name value=page.draft.get(given).to_owned() autocomplete="off" /> }.into_any()
    });
    inputs.collect()
}

fn files(page: &DraftPage, control: AnyView, lang: Lang) -> AnyView {
    let words = &lang.words().form;
    view! {
        <div class="files" id="files" data-uploads=format!("/drafts/{}/uploads/", page.id)>
            {control}
            {photographs(lang)}
            {submit(Weight::Other, "upload", words.upload)}
            <ul class="uploads" id="uploads" aria-label=words.uploading></ul>
            <div id="files-here">{files_here(&page.id, &page.facts.attachments, lang)}</div>
        </div>
    }
    .into_any()
}

/// A second way to choose files, for machines with a camera; and, where photographs can be made smaller, whether they are.
fn photographs(lang: Lang) -> AnyView {
    let words = &lang.words().form;
    view! {
        <div class="camera">
            <label class="camera__label" for="f-files-camera">{words.camera}</label>
            <input class="control control--file" type="file" id="f-files-camera" name="files" accept="image/*" capture="environment" />
        </div>
        <div class="choice shrink" id="shrink" hidden=true>
            <input class="choice__control" type="checkbox" id="shrink-photographs" autocomplete="off" />
            <label class="choice__label" for="shrink-photographs">{words.shrink}</label>
        </div>
    }
    .into_any()
}

/// The draft's files; also sent by itself, when one has arrived.
pub fn files_here(draft: &str, files: &[Attachment], lang: Lang) -> AnyView {
    file_list(files, &format!("/drafts/{draft}/files"), true, lang)
}

fn arrival_banner(page: &DraftPage, lang: Lang) -> AnyView {
    let words = &lang.words().form;
    if page.rival {
        let href = format!("/drafts/{}/versions", page.id);
        return banner(BannerKind::Act, words.rival_notice, view! { <p>{link(Weight::Light, href, words.rival_link)}</p> });
    }
    match page.arrival {
        Arrival::Saved if page.facts.attachments.iter().any(|file| !file.is_kept()) => {
            banner(BannerKind::Act, words.saved_not_all_files, ())
        }
        Arrival::Saved => banner(BannerKind::Done, words.saved, ()),
        Arrival::Restored => banner(BannerKind::Done, words.restored, ()),
        Arrival::Plain | Arrival::Checked => ().into_any(),
    }
}

/// What this corrects and what follows from it, with what the platform said of the whole.
fn correction_banner(page: &DraftPage, lang: Lang) -> AnyView {
    let words = &lang.words().form;
    let Some((filing, corrects)) = &page.corrects else { return ().into_any() };
    let at_fields = page.remarks.keys().any(|field| !field.is_empty());
    let (title, text) = match corrects {
        Corrects::Returned if at_fields => (words.returned_title, words.returned_text),
        Corrects::Returned => (words.returned_title, words.returned_whole),
        Corrects::Refused if page.kind.is_about_record() => (lang.say(repair_steps::WORDS.refused_title), words.refused_text),
        Corrects::Refused => (words.refused_title, words.refused_text),
        Corrects::Granted => (words.revised_title, words.revised_text),
    };
    let said = page.remarks.get("").map(|remark| remark.comment.clone()).unwrap_or_default();
    let said: Vec<_> = said.lines().map(|line| view! { <li>{line.to_owned()}</li> }).collect();
    let said = (!said.is_empty()).then(|| view! { <ul>{said}</ul> });
    let kind = if *corrects == Corrects::Granted { BannerKind::Notice } else { BannerKind::Act };
    let filing = link(Weight::Light, format!("/filings/{filing}"), words.corrected_filing);
    banner(kind, title, view! { {said}<p>{text}</p><p>{filing}</p> })
}
