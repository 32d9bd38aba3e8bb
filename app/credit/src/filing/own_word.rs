//! What the enterprise itself says of a filing that it handed over by its own hand, where nobody else tells the portal.

use super::{Happening, Impossible, Standing, State};

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
}
