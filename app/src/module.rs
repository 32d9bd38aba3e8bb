//! The WebAssembly modules: this crate, compiled for the browser once for each with the feature of its name
//! (docs/decisions/0009). A page loads one at most.

/// A module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Module {
    /// Forms, and what changes by itself: filings and imports.
    Form,
    /// Pasted rows.
    Rows,
    /// Signing with a key.
    Signing,
    /// Making a key.
    Enrolment,
    /// Taking a key to another device.
    Transfer,
    /// Verifying receipts.
    Verify,
}

impl Module {
    /// Every module there is.
    pub const ALL: &'static [Self] = &[Self::Form, Self::Rows, Self::Signing, Self::Enrolment, Self::Transfer, Self::Verify];

    /// The name of its feature and of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Rows => "rows",
            Self::Signing => "signing",
            Self::Enrolment => "enrolment",
            Self::Transfer => "transfer",
            Self::Verify => "verify",
        }
    }
}

/// After so many seconds a page reloads itself that says so with [`Island::else_reload`].
pub const RELOAD_SECONDS: u32 = 3;

/// The island of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Island {
    /// The module that holds it.
    pub module: Module,
    /// Whether the page reloads itself where the module does not run: without scripts, and in browsers too old for it.
    pub else_reload: bool,
    /// The form of the page in which people type, by its id: choosing a language or a size of type sends it along.
    pub form: Option<&'static str>,
}

impl Island {
    /// The island that is in this module.
    pub fn of(module: Module) -> Self {
        Self { module, else_reload: false, form: None }
    }

    /// People type in the form of this id.
    pub fn with_form(self, form: &'static str) -> Self {
        Self { form: Some(form), ..self }
    }

    /// The page reloads itself where the island does not run.
    pub fn or_reload(self) -> Self {
        Self { else_reload: true, ..self }
    }
}
