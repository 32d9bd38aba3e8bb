//! How tests steer the sandbox. No password: it exists in the sandbox only.

pub(crate) mod decide;
pub(crate) mod event;
pub(crate) mod inspect;
pub(crate) mod refusal;
pub(crate) mod switches;
