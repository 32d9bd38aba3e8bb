//! What was asked for.

use std::time::Duration;

/// How much load, for how long.
#[derive(Clone, Copy, Debug)]
pub struct Arguments {
    /// How many windows are open at once.
    pub windows: usize,
    /// How long each of the runs takes.
    pub lasting: Duration,
    /// Whether more is to be asked than can be answered.
    pub overload: bool,
}

impl Arguments {
    /// Those on the command line.
    ///
    /// # Errors
    /// With a sentence, if one is not known or no number.
    pub fn given() -> Result<Self, String> {
        let mut arguments = Self { windows: 32, lasting: Duration::from_secs(20), overload: false };
        let mut given = std::env::args().skip(1).filter(|argument| argument != "--bench");
        while let Some(name) = given.next() {
            if name == "overload" {
                arguments.overload = true;
                continue;
            }
            let number: u32 = given
                .next()
                .and_then(|value| value.parse().ok())
                .filter(|number| *number > 0)
                .ok_or_else(|| format!("{name} wants a number"))?;
            match name.as_str() {
                "--windows" => arguments.windows = number as usize,
                "--seconds" => arguments.lasting = Duration::from_secs(number.into()),
                _ => return Err(format!("there are --windows NUMBER and --seconds NUMBER, not {name}")),
            }
        }
        Ok(arguments)
    }
}
