//! The module `rows`, with the islands of the feature of that name: see `app::islands`.

pub use app::hydrate;
