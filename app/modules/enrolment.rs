//! The module `enrolment`, with what the feature of that name wakes: see `app::islands`.

pub use app::hydrate;
