//! Asks before something is done that cannot be undone.

use leptos::prelude::*;

use crate::components::button::{Weight, link, submit};
use crate::shell::Page;
use crate::wording::Lang;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Delete a draft.
    DeleteDraft,
    /// Drop a row of an import.
    DropRow,
    /// Withdraw a filing.
    WithdrawFiling,
    /// Withdraw an application that the enterprise hands over by itself.
    WithdrawPackage,
    /// Withdraw an authorisation.
    WithdrawAuthorisation,
    /// Take a commitment back that holds.
    RevokeCommitment,
}

/// The page: `name` says which draft or filing, `post_to` does it, `back` does not.
pub fn confirm(deed: Deed, name: String, post_to: String, back: String, lang: Lang) -> Page {
    let words = &lang.words().confirm;
    let (title, text, button) = match deed {
        Deed::DeleteDraft => (words.delete_title, words.delete_text, words.delete),
        Deed::DropRow => (words.drop_title, words.drop_text, lang.say(crate::wording::imports::WORDS.drop)),
        Deed::WithdrawFiling => (words.withdraw_title, words.withdraw_text, words.withdraw),
        Deed::WithdrawPackage => {
            (words.withdraw_title, lang.say(crate::wording::repair_steps::WORDS.withdraw_text), words.withdraw)
        }
        Deed::RevokeCommitment => {
            let revoke = &crate::wording::my_commitments::WORDS;
            (lang.say(revoke.revoke_title), lang.say(revoke.revoke_text), lang.say(revoke.revoke))
        }
        Deed::WithdrawAuthorisation => (words.authorisation_title, words.authorisation_text, words.authorisation),
    };
    Page {
        title: title.into(),
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: false,
        island: None,
        body: view! {
            <h1>{title}</h1>
            <p><strong>{name}</strong></p>
            <p>{text}</p>
            <form method="post" action=post_to>
                <div class="actions">
                    {submit(Weight::Danger, "confirm", button)}
                    {link(Weight::Other, back, words.back)}
                </div>
            </form>
        }
        .into_any(),
    }
}
