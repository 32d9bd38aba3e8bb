//! What the enterprise itself says of a filing that it handed over by its own hand, where nobody else tells the portal.

use super::{Decision, Happening, Impossible, Standing, State};

impl Happening {
    /// Whether it is a step that the enterprise may enter by hand: that it handed the filing over, and what it was told there.
    /// What it does here (filing, withdrawing, correcting) is none.
    pub fn is_entered_by_hand(&self) -> bool {
        match self {
            Self::Forwarded { .. } | Self::ReviewBegan { .. } | Self::Returned { .. } => true,
            Self::Decided(decision) => !matches!(decision, Decision::FoundUntrue { .. }),
            _ => false,
        }
    }
}

impl Standing {
    /// As [`Standing::apply`], of something that the enterprise itself says. A decision so known is marked, and stands until
    /// whoever decided tells it; it never takes the place of one that is known.
    ///
    /// # Errors
    /// As [`Standing::apply`].
    pub fn apply_own_word(&self, happening: &Happening) -> Result<Self, Impossible> {
        match (&self.state, happening) {
            (State::Decided(known), Happening::Decided(said)) if known == said => Err(Impossible::Already),
            (State::Decided(_), Happening::Decided(_)) => Err(Impossible::AlreadyDecided),
            (_, Happening::Decided(_)) => Ok(Self { by_own_word: true, ..self.apply(happening)? }),
            _ => self.apply(happening),
        }
    }

    /// Where a filing stands once the latest of what happened to it is taken back. `happened` is all of that but for what was
    /// taken back before, oldest first, each with whether the enterprise itself says so.
    ///
    /// None: the latest is nothing that the enterprise entered by hand, so it stands.
    pub fn without_latest_entry(happened: &[(&Happening, bool)]) -> Option<Self> {
        let ((latest, is_own), before) = happened.split_last()?;
        if !is_own || !latest.is_entered_by_hand() {
            return None;
        }
        before.iter().filter(|(happening, _)| !matches!(happening, Happening::Accepted)).try_fold(
            Self::accepted(),
            |standing, (happening, is_own)| {
                let next = if *is_own { standing.apply_own_word(happening) } else { standing.apply(happening) };
                next.ok()
            },
        )
    }
}
