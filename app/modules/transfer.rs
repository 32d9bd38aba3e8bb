//! The module `transfer`, with what the feature of that name wakes: see `app::islands`.

pub use app::hydrate;
