//! Counts panics of the product. A page may hide one behind a polite notice; a test must not.

use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

static COUNT: AtomicUsize = AtomicUsize::new(0);
static BEGUN: Once = Once::new();

/// Counts from now on.
pub fn count() {
    BEGUN.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // A test that fails panics too: that is no fault of the product's.
            if panic.location().is_some_and(|place| !place.file().contains("tests/portal")) {
                COUNT.fetch_add(1, Ordering::Relaxed);
            }
            print(panic);
        }));
    });
}

/// How many there were.
pub fn so_far() -> usize {
    COUNT.load(Ordering::Relaxed)
}
