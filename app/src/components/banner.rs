//! A notification banner: something that concerns the whole page.

use leptos::prelude::*;

/// What a banner is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BannerKind {
    /// Something was done.
    Done,
    /// Something to know.
    Notice,
    /// Something to do.
    Act,
    /// How far something is that goes on: the page tells changes of it elsewhere.
    Progress,
}

/// A banner with a heading; `body` stands below it.
pub fn banner(kind: BannerKind, heading: impl Into<String>, body: impl IntoView + 'static) -> AnyView {
    let (class, role) = match kind {
        BannerKind::Done => ("banner banner--done", "status"),
        BannerKind::Notice => ("banner", "status"),
        BannerKind::Act => ("banner banner--act", "region"),
        BannerKind::Progress => ("banner", "group"),
    };
    let heading = heading.into();
    let label = matches!(kind, BannerKind::Act | BannerKind::Progress).then(|| heading.clone());
    view! {
        <div class=class role=role aria-label=label>
            <p class="banner__heading">{heading}</p>
            {body.into_any()}
        </div>
    }
    .into_any()
}
