//! Sends files while the form is being filled in: chosen, dropped or photographed; one by one, in parts, going on after a line
//! that dropped. Without it the form's own button sends them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use credit::attachment::LARGEST_FILE;
use credit::hexadecimal;
use gloo_net::http::{Method, Request, RequestBuilder, Response};
use leptos::leptos_dom::helpers::set_timeout;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DragEvent, Element, Event, EventTarget, File, FileList, HtmlElement, HtmlFormElement, HtmlInputElement};

use super::shrinking;
use crate::wording::Lang;
use crate::wording::uploading::{self, Uploading};

/// The bytes of one part: large enough for a good line, small enough that little is sent twice over a bad one.
const PART: u64 = 512 * 1024;
/// After each failure in a row the next try comes so many seconds later; then a person may try again.
const PAUSES: [u64; 8] = [1, 2, 4, 8, 15, 15, 30, 30];
/// So often may the server have less of a file than it said before.
const MOST_GAPS: u32 = 10;
/// Set on the form while files are on their way.
pub(super) const UNDER_WAY: &str = "data-uploading";
/// Told to the form when none is any more.
pub(super) const ENDED: &str = "uploads-ended";

/// One file on its way.
struct Upload {
    file: File,
    /// What is sent of it, once that is known: a photograph made smaller twice need not be the same bytes twice.
    content: RefCell<Option<Blob>>,
    /// Where its parts go.
    address: String,
    cancelled: Cell<bool>,
    line: Line,
}

/// What the page says of it.
struct Line {
    item: Element,
    bar: Element,
    state: Element,
    button: HtmlElement,
    lang: Lang,
}

pub(super) struct Uploader {
    form: HtmlFormElement,
    list: Element,
    addresses: String,
    lang: Lang,
    waiting: RefCell<VecDeque<Rc<Upload>>>,
    busy: Cell<bool>,
}

impl Uploader {
    pub(super) fn begin(form: &HtmlFormElement, lang: Lang) {
        let by_id = |id| document().get_element_by_id(id);
        let (Some(area), Some(list)) = (by_id("files"), by_id("uploads")) else { return };
        let Some(addresses) = area.get_attribute("data-uploads") else { return };
        let uploader =
            Rc::new(Self { form: form.clone(), list, addresses, lang, waiting: RefCell::default(), busy: Cell::new(false) });
        for input in ["f-files", "f-files-camera"].into_iter().filter_map(by_id) {
            uploader.on(&input, "change", |uploader, event| uploader.take_from(event.target()));
            // Chosen before this module was there.
            uploader.take_from(Some(input.into()));
        }
        // What is chosen goes by itself: nothing is left for the button to do.
        if let Ok(Some(button)) = area.query_selector("button[value=upload]") {
            let _ = button.set_attribute("hidden", "");
        }
        uploader.on(&area, "dragover", |_, event| event.prevent_default());
        uploader.on(&area, "drop", |uploader, event| {
            event.prevent_default();
            let dropped = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
            uploader.take(dropped.and_then(|dropped| dropped.files()));
        });
        uploader.on(&window(), "beforeunload", |uploader, event| {
            if uploader.busy.get() {
                event.prevent_default();
            }
        });
        if shrinking::possible()
            && let Some(choice) = by_id("shrink")
        {
            let _ = choice.remove_attribute("hidden");
        }
    }

    fn on(self: &Rc<Self>, target: &EventTarget, name: &str, act: impl Fn(&Rc<Self>, &Event) + 'static) {
        let uploader = Rc::clone(self);
        let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| act(&uploader, &event));
        let _ = target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        listener.forget();
    }

    fn take_from(self: &Rc<Self>, input: Option<EventTarget>) {
        let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else { return };
        self.take(input.files());
        // What is on its way already is not sent by the form as well.
        input.set_value("");
    }

    fn take(self: &Rc<Self>, files: Option<FileList>) {
        let Some(files) = files.filter(|files| files.length() > 0) else { return };
        for file in (0..files.length()).filter_map(|at| files.item(at)) {
            let Some(line) = Line::append(&self.list, &file.name(), self.lang) else { continue };
            let upload = Rc::new(Upload {
                address: self.fresh_address(),
                file,
                content: RefCell::default(),
                cancelled: Cell::new(false),
                line,
            });
            self.listen_to_button(&upload);
            self.waiting.borrow_mut().push_back(upload);
        }
        self.go_on();
    }

    fn fresh_address(&self) -> String {
        let mut name = [0; 16];
        let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut name).map(|_| ()));
        debug_assert!(filled.is_ok());
        format!("{}{}", self.addresses, hexadecimal::write(&name))
    }

    /// The button gives the file up; where it stands still, the button tries again.
    fn listen_to_button(self: &Rc<Self>, upload: &Rc<Upload>) {
        let the_upload = Rc::clone(upload);
        self.on(&upload.line.button, "click", move |uploader, _| {
            let upload = &the_upload;
            if upload.line.stands_still() {
                upload.line.say(Uploading::Waiting);
                uploader.waiting.borrow_mut().push_back(Rc::clone(upload));
                uploader.go_on();
                return;
            }
            upload.cancelled.set(true);
            uploader.waiting.borrow_mut().retain(|waiting| !Rc::ptr_eq(waiting, upload));
            upload.line.item.remove();
            let upload = Rc::clone(upload);
            spawn_local(async move { drop_what_arrived(&upload).await });
        });
    }

    fn go_on(self: &Rc<Self>) {
        if self.busy.replace(true) {
            return;
        }
        let _ = self.form.set_attribute(UNDER_WAY, "");
        let uploader = Rc::clone(self);
        spawn_local(async move {
            loop {
                // Taken out first: the borrow must not live while the file is on its way.
                let next = uploader.waiting.borrow_mut().pop_front();
                let Some(upload) = next else { break };
                uploader.send(&upload).await;
            }
            uploader.busy.set(false);
            let _ = uploader.form.remove_attribute(UNDER_WAY);
            if let Ok(ended) = Event::new(ENDED) {
                let _ = uploader.form.dispatch_event(&ended);
            }
        });
    }

    async fn send(&self, upload: &Upload) {
        let begun = upload.content.borrow().clone();
        let (content, mut offset) = match begun {
            Some(content) => (content, arrived(upload).await),
            None => (content_of(upload).await, 0),
        };
        *upload.content.borrow_mut() = Some(content.clone());
        let length = content.size() as u64;
        let (mut failures, mut gaps) = (0, 0);
        while !upload.cancelled.get() {
            upload.line.say(Uploading::Arrived(u8::try_from(offset * 100 / length.max(1)).unwrap_or(100)));
            match self.send_part(upload, &content, offset, length).await {
                Some(answer) if answer.status() == 200 => {
                    upload.line.item.remove();
                    if let Ok(html) = answer.text().await
                        && let Some(here) = document().get_element_by_id("files-here")
                    {
                        here.set_inner_html(&html);
                    }
                    return;
                }
                // Where several machines take the parts in turn, each may have some of them and none the file.
                Some(answer) if answer.status() == 409 && gaps == MOST_GAPS => return upload.line.say(Uploading::Failed),
                Some(answer) if matches!(answer.status(), 204 | 409) => {
                    gaps += u32::from(answer.status() == 409);
                    offset = next_offset(&answer).unwrap_or(0);
                    failures = 0;
                }
                Some(answer) if answer.status() == 401 => return upload.line.say(Uploading::SignedOut),
                Some(answer) if answer.status() == 404 => return upload.line.say(Uploading::Gone),
                _ => {
                    let Some(pause) = PAUSES.get(failures) else { return upload.line.say(Uploading::Failed) };
                    failures += 1;
                    upload.line.say(Uploading::Dropped);
                    pause_for(Duration::from_secs(*pause)).await;
                    // What had arrived when the line dropped need not be sent again.
                    offset = arrived(upload).await;
                }
            }
        }
        // The part that was on its way when it was given up may have arrived after all.
        drop_what_arrived(upload).await;
    }

    async fn send_part(&self, upload: &Upload, content: &Blob, offset: u64, length: u64) -> Option<Response> {
        let end = if length > LARGEST_FILE { offset } else { length.min(offset + PART) };
        let part = content.slice_with_f64_and_f64(offset as f64, end as f64).ok()?;
        let name = String::from(web_sys::js_sys::encode_uri_component(&upload.file.name()));
        let request = Request::patch(&upload.address)
            .header("upload-offset", &offset.to_string())
            .header("upload-length", &length.to_string())
            .header("upload-name", &name)
            .header("content-type", "application/partial-upload");
        request.body(part).ok()?.send().await.ok()
    }
}

async fn drop_what_arrived(upload: &Upload) {
    let _ = Request::delete(&upload.address).send().await;
}

/// What is sent of a file: the file, or the photograph that it is, made smaller.
async fn content_of(upload: &Upload) -> Blob {
    if !shrinking::wanted(&upload.file) {
        return upload.file.clone().into();
    }
    upload.line.say(Uploading::Shrinking);
    shrinking::smaller(&upload.file).await.unwrap_or_else(|| upload.file.clone().into())
}

/// How much of it is there already; what cannot be asked counts as nothing.
async fn arrived(upload: &Upload) -> u64 {
    let answer = RequestBuilder::new(&upload.address).method(Method::HEAD).send().await;
    answer.ok().and_then(|answer| next_offset(&answer)).unwrap_or(0)
}

fn next_offset(answer: &Response) -> Option<u64> {
    answer.headers().get("upload-offset")?.parse().ok()
}

async fn pause_for(pause: Duration) {
    let promise = web_sys::js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(
            move || {
                let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
            },
            pause,
        );
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

impl Line {
    fn append(list: &Element, name: &str, lang: Lang) -> Option<Self> {
        let make = |tag: &str, class: &str| {
            let element = document().create_element(tag).ok()?;
            element.set_class_name(class);
            Some(element)
        };
        let (item, title) = (make("li", "uploads__file")?, make("span", "uploads__name")?);
        let (bar, state) = (make("progress", "uploads__bar")?, make("span", "uploads__state")?);
        let button = make("button", "button button--light")?.dyn_into::<HtmlElement>().ok()?;
        title.set_text_content(Some(name));
        let _ = bar.set_attribute("max", "100");
        let _ = bar.set_attribute("aria-label", name);
        let _ = state.set_attribute("role", "status");
        let _ = button.set_attribute("type", "button");
        let _ = button.set_attribute("data-for", name);
        for part in [&title, &bar, &state, button.as_ref()] {
            item.append_child(part).ok()?;
        }
        list.append_child(&item).ok()?;
        let line = Self { item, bar, state, button, lang };
        line.say(Uploading::Waiting);
        Some(line)
    }

    fn say(&self, uploading: Uploading) {
        if let Uploading::Arrived(percent) = uploading {
            let _ = self.bar.set_attribute("value", &percent.to_string());
        }
        let still = uploading.stands_still();
        let _ = self.item.class_list().toggle_with_force("uploads__file--still", still);
        self.state.set_text_content(Some(&uploading::say(uploading, self.lang)));
        let label = if still { uploading::retry(self.lang) } else { uploading::cancel(self.lang) };
        self.button.set_text_content(Some(label));
        let name = self.button.get_attribute("data-for").unwrap_or_default();
        let _ = self.button.set_attribute("aria-label", &format!("{label} {name}"));
    }

    fn stands_still(&self) -> bool {
        self.item.class_list().contains("uploads__file--still")
    }
}
