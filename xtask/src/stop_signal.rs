//! Ctrl-C and SIGTERM: noted, so that whatever was started is ended before we go.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use signal_hook::consts::{SIGINT, SIGTERM};

use crate::trouble::{Outcome, While};

static ASKED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From here on the two signals no longer kill us; `asked` tells.
pub fn listen() -> Outcome {
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&ASKED)).during("listening for signals")?;
    }
    Ok(())
}

/// Whether somebody asked us to stop.
pub fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
