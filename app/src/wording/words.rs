//! The static words of pages, by the place where they stand.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

/// Everything pages say that does not depend on data.
pub struct Words {
    /// The frame around every page.
    pub frame: FrameWords,
    /// The home page.
    pub home: HomeWords,
    /// Choosing an enterprise.
    pub choose: ChooseWords,
    /// The list of drafts and filings.
    pub desk: DeskWords,
    /// The page before a registration is begun.
    pub start: StartWords,
    /// A form.
    pub form: FormWords,
    /// Checking the answers before filing.
    pub review: ReviewWords,
    /// Two versions of one draft.
    pub rivals: RivalsWords,
    /// A filing's page.
    pub filing: FilingWords,
    /// Pages that ask before something is done.
    pub confirm: ConfirmWords,
    /// Help, privacy, accessibility.
    pub about: AboutWords,
}

/// The frame around every page.
pub struct FrameWords {
    pub brand: &'static str,
    pub service: &'static str,
    pub skip: &'static str,
    pub free: &'static str,
    pub sign_in: &'static str,
    pub sign_out: &'static str,
    pub switch_enterprise: &'static str,
    pub my_filings: &'static str,
    pub other_language: &'static str,
    pub elder_on: &'static str,
    pub elder_off: &'static str,
    pub breadcrumb: &'static str,
    pub home: &'static str,
    pub back: &'static str,
    pub site_links: &'static str,
    pub help: &'static str,
    pub privacy: &'static str,
    pub accessibility: &'static str,
    pub organiser: &'static str,
    pub undertaker: &'static str,
    pub telephone: &'static str,
    pub hours: &'static str,
    pub address: &'static str,
    pub site_code: &'static str,
    pub report_fault: &'static str,
    pub error_prefix: &'static str,
    pub colon: &'static str,
}

/// The home page.
pub struct HomeWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub doors: &'static str,
    pub register: &'static str,
    pub register_text: &'static str,
    pub desk: &'static str,
    pub desk_text: &'static str,
    pub platform_first: &'static str,
    pub free_title: &'static str,
    pub free_text: &'static str,
    pub signed_out: &'static str,
}

/// Choosing an enterprise.
pub struct ChooseWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub legend: &'static str,
    pub go_on: &'static str,
    pub none_title: &'static str,
    pub none_text: &'static str,
}

/// The list of drafts and filings.
pub struct DeskWords {
    pub title: &'static str,
    pub begin: &'static str,
    pub drafts: &'static str,
    pub no_drafts: &'static str,
    pub filings: &'static str,
    pub no_filings: &'static str,
    pub returned: &'static str,
    pub untitled: &'static str,
    pub changed: &'static str,
    pub filed: &'static str,
    pub go_on: &'static str,
    pub delete: &'static str,
    pub correction: &'static str,
    pub older: &'static str,
    pub newest: &'static str,
    pub pages: &'static str,
    pub deleted: &'static str,
}

/// The groups of registration, and the page before one is begun.
pub struct StartWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub groups: &'static str,
    pub minutes: &'static str,
    pub need: &'static str,
    pub steps: &'static str,
    pub step_names: &'static [&'static str],
    pub who_sees: &'static str,
    pub who_sees_text: &'static str,
    pub begin: &'static str,
}

/// A form.
pub struct FormWords {
    pub for_whom: &'static str,
    pub all_needed: &'static str,
    pub optional: &'static str,
    pub depends: &'static str,
    pub leave_out: &'static str,
    pub choose: &'static str,
    pub public: &'static str,
    pub platform_only: &'static str,
    pub chosen: &'static str,
    pub disclosure: &'static str,
    pub disclosure_hidden: &'static str,
    pub disclosure_range: &'static str,
    pub disclosure_full: &'static str,
    pub preview: &'static str,
    pub preview_lead: &'static str,
    pub preview_empty: &'static str,
    pub problems: &'static str,
    pub problem_prefix: &'static str,
    pub go_on: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub saved_not_all_files: &'static str,
    pub upload: &'static str,
    pub remove: &'static str,
    pub uploading: &'static str,
    pub camera: &'static str,
    pub shrink: &'static str,
    pub files_here: &'static str,
    pub no_files: &'static str,
    pub file_kept: &'static str,
    pub file_refused: &'static str,
    pub returned_title: &'static str,
    pub returned_text: &'static str,
    pub returned_whole: &'static str,
    pub refused_title: &'static str,
    pub refused_text: &'static str,
    pub revised_title: &'static str,
    pub revised_text: &'static str,
    pub corrected_filing: &'static str,
    pub others_file: &'static str,
    pub returned_comment: &'static str,
    pub returned_value: &'static str,
    pub restored: &'static str,
    pub delete: &'static str,
    pub steps: &'static str,
    pub rival_notice: &'static str,
    pub rival_link: &'static str,
    pub characters: &'static str,
}

/// Checking the answers before filing.
pub struct ReviewWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub answers: &'static str,
    pub field: &'static str,
    pub change: &'static str,
    pub not_given: &'static str,
    pub seen_by_all: &'static str,
    pub seen_as_range: &'static str,
    pub not_public: &'static str,
    pub before: &'static str,
    pub pledge: &'static str,
    pub pledge_agree: &'static str,
    pub pledge_missing: &'static str,
    pub purposes: &'static str,
    pub purposes_hint: &'static str,
    /// That what is filed is not valid any more.
    pub expired: &'static str,
    /// What follows the day until which it was.
    pub expired_text: &'static str,
    /// What was authorised with a filing that is corrected now.
    pub authorised_before: &'static str,
    /// That it has to be said anew.
    pub authorised_before_text: &'static str,
    pub publish: &'static str,
    pub evaluate: &'static str,
    pub report: &'static str,
    pub submit: &'static str,
    pub back: &'static str,
    pub not_authorised: &'static str,
    pub changed: &'static str,
}

/// Two versions of one draft.
pub struct RivalsWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub current: &'static str,
    pub other: &'static str,
    pub field: &'static str,
    pub differs: &'static str,
    pub keep_current: &'static str,
    pub keep_other: &'static str,
    pub empty: &'static str,
    pub saved_by: &'static str,
}

/// A filing's page.
pub struct FilingWords {
    pub state: &'static str,
    pub reference: &'static str,
    pub receipt: &'static str,
    pub receipt_waiting: &'static str,
    pub filed_by: &'static str,
    pub filed_at: &'static str,
    pub history: &'static str,
    pub content: &'static str,
    pub pledge: &'static str,
    pub purposes: &'static str,
    pub no_purposes: &'static str,
    pub files: &'static str,
    pub withdraw: &'static str,
    pub correct: &'static str,
    /// The button that begins a new filing with what was withdrawn.
    pub refill: &'static str,
    pub revise: &'static str,
    pub pledge_version: &'static str,
    pub withdraw_authorisation: &'static str,
    pub authorisation_withdrawn: &'static str,
    pub go_on_correcting: &'static str,
    pub comments: &'static str,
    pub whole: &'static str,
    pub publication: &'static str,
    pub accepted_title: &'static str,
    pub accepted_text: &'static str,
    pub print: &'static str,
    pub replaced_by: &'static str,
    pub replaces: &'static str,
    pub platform: &'static str,
    pub portal: &'static str,
    pub live: &'static str,
    pub source: &'static str,
    /// Of a filing of which nothing is ever shown to the public, after the source.
    pub nothing_public: &'static str,
    pub updated: &'static str,
}

/// Pages that ask before something is done.
pub struct ConfirmWords {
    pub drop_title: &'static str,
    pub drop_text: &'static str,
    pub delete_title: &'static str,
    pub delete_text: &'static str,
    pub delete: &'static str,
    pub authorisation_title: &'static str,
    pub authorisation_text: &'static str,
    pub authorisation: &'static str,
    pub withdraw_title: &'static str,
    pub withdraw_text: &'static str,
    pub withdraw: &'static str,
    pub back: &'static str,
    pub which: &'static str,
}

/// Help, privacy, accessibility: title and paragraphs.
pub struct AboutWords {
    pub help: Text,
    pub privacy: Text,
    pub accessibility: Text,
}

/// A page of text.
pub struct Text {
    pub title: &'static str,
    pub paragraphs: &'static [&'static str],
}
