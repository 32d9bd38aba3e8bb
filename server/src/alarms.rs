//! Tells staff by e-mail of what needs a person, so that nobody has to look at figures to learn of a filing that is stuck: support
//! of what can be mended, the owner of what support has not mended for long. Both addresses are settings (`mail.support`,
//! `mail.owner`); a mail holds counts and commands, and nothing of what was filed.

use credit::filing::Instant;

use crate::config::Config;
use crate::mail::sender::{MailSender, NotSent};
use crate::portal::Portal;
use crate::storage::Stored;
use crate::storage::alarms::AlarmTold;
use crate::storage::reconciliations::Report;

/// What still stands is told again after so long, in milliseconds: a day.
pub const AGAIN_MS: i64 = 24 * 60 * 60 * 1000;
/// A platform that is out of order for less than this, in milliseconds, is no matter for a person.
pub const OUT_OF_ORDER_MS: i64 = 5 * 60 * 1000;
/// What has waited for so long is not a matter of minutes any more: somebody should ask the platform.
const UNSENT_MS: i64 = 24 * 60 * 60 * 1000;

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Support.
    Support,
    /// The owner of the service.
    Owner,
}

/// What needs a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Deliveries whose schedule is spent, or that the platform refused.
    Parked,
    /// Failures that an enterprise was not told of.
    Untold,
    /// Filings that we hold as delivered and the platform does not have.
    MissingThere,
    /// The platform answers nobody.
    OutOfOrder,
    /// Something has been tried again and again for a day.
    Unsent,
    /// Filings that the platform is silent about.
    Silent,
    /// Filings that it has been silent about for twice as long.
    SilentForLong,
}

impl Matter {
    /// All, the most urgent first.
    pub const ALL: [Self; 7] =
        [Self::Parked, Self::Untold, Self::MissingThere, Self::OutOfOrder, Self::Unsent, Self::Silent, Self::SilentForLong];

    /// Its name in the stores.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parked => "parked",
            Self::Untold => "untold",
            Self::MissingThere => "missing_there",
            Self::OutOfOrder => "out_of_order",
            Self::Unsent => "unsent",
            Self::Silent => "silent",
            Self::SilentForLong => "silent_for_long",
        }
    }

    /// Who is told of it.
    pub fn whom(self) -> Whom {
        match self {
            Self::SilentForLong => Whom::Owner,
            _ => Whom::Support,
        }
    }

    /// What it is and what to do, in Chinese and in English.
    fn sentences(self, count: i64) -> [String; 2] {
        match self {
            Self::Parked => [
                format!(
                    "{count} 件未能送达平台，已停止自动重试。查看：chengxin outbox list --parked；排除原因后：chengxin outbox retry ID --by 姓名"
                ),
                format!(
                    "{count} could not be delivered and are not tried again by themselves. See: chengxin outbox list --parked; mend the cause, then: chengxin outbox retry ID --by NAME"
                ),
            ],
            Self::Untold => [
                format!("{count} 件未办成的事项，企业没有收到通知。请联系企业，并查看日志"),
                format!("Of {count} failures the enterprises were not told. Tell them, and look at the log"),
            ],
            Self::MissingThere => [
                format!("{count} 件本站已送达而平台没有。查看：chengxin doctor；重新送交：chengxin outbox retry ID --by 姓名"),
                format!(
                    "{count} were delivered, and the platform does not have them. See: chengxin doctor; send again: chengxin outbox retry ID --by NAME"
                ),
            ],
            Self::OutOfOrder => [
                "平台没有应答，送交已暂缓，恢复后自动继续。请与平台联系".to_owned(),
                "The platform does not answer; deliveries are held back and go on by themselves. Ask the platform".to_owned(),
            ],
            Self::Unsent => [
                "有申报一天内未能送达平台，仍在自动重试。查看：chengxin outbox list".to_owned(),
                "Something could not be delivered for a day; it is tried again. See: chengxin outbox list".to_owned(),
            ],
            Self::Silent => [
                format!("{count} 件送达后，平台迟迟没有消息。查看：chengxin doctor"),
                format!("Of {count} the platform has said nothing for too long. See: chengxin doctor"),
            ],
            Self::SilentForLong => [
                format!("{count} 件送达后，平台很久没有消息，客服已知晓而未解决。查看：chengxin doctor"),
                format!("Of {count} the platform has said nothing for twice that long; support knows. See: chengxin doctor"),
            ],
        }
    }
}

/// How many of each matter there are.
///
/// # Errors
/// When the store does not answer.
pub async fn counts(portal: &Portal) -> Stored<Vec<(Matter, i64)>> {
    let (storage, now) = (&portal.storage, portal.clock.now());
    let silent = storage.silence_figures().await?;
    // While it is being released it answers again, however long the release lasts for want of anything to send.
    let broken = storage.breaker().await?.is_some_and(|breaker| breaker.state == "open" && now - breaker.since >= OUT_OF_ORDER_MS);
    let outbox = storage.outbox_figures().await?;
    let unsent = outbox.oldest_waiting_at.is_some_and(|at| now - at >= UNSENT_MS);
    let missing = storage.reports(1).await?.first().map_or(0, Report::missing);
    Ok(vec![
        (Matter::Parked, outbox.parked),
        (Matter::Untold, storage.untold_failures().await?),
        (Matter::MissingThere, missing),
        (Matter::OutOfOrder, i64::from(broken)),
        (Matter::Unsent, i64::from(unsent)),
        (Matter::Silent, silent.support),
        (Matter::SilentForLong, silent.owner),
    ])
}

/// Whether so many are worth a mail, after what was told last: there are more than then, or a day has passed.
pub fn is_news(count: i64, told: Option<&AlarmTold>, now: Instant) -> bool {
    count > 0 && told.is_none_or(|told| count > told.count || now - told.at >= AGAIN_MS)
}

/// Subject and text of a mail about these matters.
pub fn letter(matters: &[(Matter, i64)]) -> (String, String) {
    let lines = |language: usize| -> String {
        matters.iter().map(|(matter, count)| format!("- {}\n", matter.sentences(*count)[language])).collect()
    };
    ("[信用奉贤] 有事项需要处理".to_owned(), format!("有事项需要人工处理：\n{}\nThis needs a person:\n{}", lines(0), lines(1)))
}

/// The way to staff.
pub struct Alarms {
    sender: MailSender,
    support: Option<String>,
    owner: Option<String>,
}

impl Alarms {
    /// By the settings; none if nobody is named.
    ///
    /// # Errors
    /// A sentence, if a setting is wrong.
    pub fn new(config: &Config) -> Result<Option<Self>, String> {
        let Some(mail) = config.mail.as_ref().filter(|mail| mail.support.is_some() || mail.owner.is_some()) else {
            return Ok(None);
        };
        let sender = MailSender::new(mail, &config.public_url)?;
        Ok(Some(Self { sender, support: mail.support.clone(), owner: mail.owner.clone() }))
    }

    /// Tells whoever has to know, once of each matter, again when there is more of it, and again after [`AGAIN_MS`]. What could
    /// not be sent is told the next time: only what a mail server took counts as told.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn look(&self, portal: &Portal) -> Stored<()> {
        let (storage, now) = (&portal.storage, portal.clock.now());
        let told = storage.alarms_told().await?;
        let told_of = |matter: Matter| told.iter().find(|told| told.matter == matter.name());
        let mut news = Vec::new();
        for (matter, count) in counts(portal).await? {
            if is_news(count, told_of(matter), now) {
                news.push((matter, count));
            } else if told_of(matter).is_some_and(|told| count < told.count) {
                // Fewer than before: one more from here on is news again.
                let at = told_of(matter).map_or(now, |told| told.at);
                storage.keep_alarm(&AlarmTold { matter: matter.name().to_owned(), count, at }).await?;
            }
        }
        for whom in [Whom::Support, Whom::Owner] {
            let theirs: Vec<(Matter, i64)> = news.iter().copied().filter(|(matter, _)| matter.whom() == whom).collect();
            if theirs.is_empty() {
                continue;
            }
            match self.tell(whom, &theirs).await {
                Ok(()) => {
                    tracing::info!(alarm.whom = ?whom, alarm.matters = theirs.len(), "alarm.told");
                    for (matter, count) in theirs {
                        storage.keep_alarm(&AlarmTold { matter: matter.name().to_owned(), count, at: now }).await?;
                    }
                }
                Err(NotSent::Later(problem) | NotSent::Never(problem)) => {
                    tracing::error!(alarm.whom = ?whom, problem, "alarm.not_told");
                }
            }
        }
        Ok(())
    }

    async fn tell(&self, whom: Whom, matters: &[(Matter, i64)]) -> Result<(), NotSent> {
        let (first, then) = match whom {
            Whom::Support => (&self.support, &self.owner),
            Whom::Owner => (&self.owner, &self.support),
        };
        let Some(address) = first.as_ref().or(then.as_ref()) else { return Ok(()) };
        let (subject, text) = letter(matters);
        self.sender.send_to(address, subject, text).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_is_news_when_it_is_new_when_it_grows_and_a_day_later() {
        let told = |count| AlarmTold { matter: "parked".to_owned(), count, at: 1000 };
        assert!(!is_news(0, None, 0));
        assert!(is_news(1, None, 0));
        assert!(!is_news(1, Some(&told(1)), 1000 + AGAIN_MS - 1));
        assert!(is_news(1, Some(&told(1)), 1000 + AGAIN_MS));
        assert!(is_news(2, Some(&told(1)), 1001));
        assert!(!is_news(1, Some(&told(2)), 1001));
        assert!(!is_news(0, Some(&told(2)), 1000 + AGAIN_MS));
    }

    #[test]
    fn every_matter_has_a_name_of_its_own_and_says_what_to_do() {
        let mut names: Vec<&str> = Matter::ALL.iter().map(|matter| matter.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Matter::ALL.len());
        let (subject, text) = letter(&Matter::ALL.map(|matter| (matter, 7)));
        assert!(subject.starts_with("[信用奉贤]"));
        assert_eq!(text.lines().filter(|line| line.starts_with("- ")).count(), 2 * Matter::ALL.len());
    }
}
