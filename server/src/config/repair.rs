//! The settings of credit repair: figures of law that could not be confirmed, calendars, and how applications are handed over.

use std::path::PathBuf;

use credit::law::settings::RepairSettings as Figures;
use credit::law::working_days::WorkingDays;
use credit::record::Channel;
use credit::repair::HandOver;
use serde::Deserialize;
use url::Url;

use super::public_side::number;

/// Credit repair and objection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RepairSettings {
    /// Figures that could not be confirmed (`docs/law.md`). What is not named stays as it is by default.
    pub figures: FigureSettings,
    /// A file with calendars of working days, beside the built-in ones or in their place; it is read again when it changes.
    pub calendars: Option<PathBuf>,
    /// How applications about records of 信用中国 are handed over.
    pub creditchina: HandOverSettings,
    /// The same for 国家企业信用信息公示系统.
    pub gsxt: HandOverSettings,
    /// The same for objections to records that are shown elsewhere.
    pub other: HandOverSettings,
}

/// Figures in whole numbers; 0: no figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FigureSettings {
    #[serde(deserialize_with = "figure")]
    decide_working_days: Option<i64>,
    #[serde(deserialize_with = "figure")]
    extend_working_days: Option<i64>,
    #[serde(deserialize_with = "figure")]
    objection_working_days: Option<i64>,
}

/// How applications about records of one channel are handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HandOverSettings {
    /// To the platform, or as a package that the enterprise takes to the official entrance by itself.
    pub way: HandOver,
    /// The official entrance, which packages are taken to.
    pub address: Option<Url>,
}

impl RepairSettings {
    /// The figures.
    pub fn figures(&self) -> Figures {
        let usual = Figures::default();
        // Checked when the settings were read.
        let set = |figure: Option<i64>, usual: Option<u8>| match figure {
            None => usual,
            Some(0) => None,
            Some(figure) => u8::try_from(figure).ok(),
        };
        let set_here = &self.figures;
        Figures {
            decide_working_days: set(set_here.decide_working_days, usual.decide_working_days),
            extend_working_days: set(set_here.extend_working_days, usual.extend_working_days),
            objection_working_days: set(set_here.objection_working_days, usual.objection_working_days),
        }
    }

    /// How an application about a record of this channel is handed over.
    pub fn hand_over(&self, channel: Channel) -> &HandOverSettings {
        match channel {
            Channel::Creditchina => &self.creditchina,
            Channel::Gsxt => &self.gsxt,
            Channel::Court | Channel::Tax | Channel::Other => &self.other,
        }
    }

    /// What is wrong with them, in a sentence.
    pub(super) fn check(&self) -> Result<(), String> {
        let figures = [
            ("decide_working_days", self.figures.decide_working_days),
            ("extend_working_days", self.figures.extend_working_days),
            ("objection_working_days", self.figures.objection_working_days),
        ];
        for (name, figure) in figures {
            if let Some(figure) = figure.filter(|figure| !(0..=250).contains(figure)) {
                return Err(format!("repair.figures.{name} is {figure}: it must be a whole number from 0 (no figure) to 250."));
            }
        }
        for (name, channel) in [("creditchina", &self.creditchina), ("gsxt", &self.gsxt), ("other", &self.other)] {
            if channel.way == HandOver::Package && channel.address.is_none() {
                return Err(format!(
                    "repair.{name}.way is \"package\" without repair.{name}.address: it must name the official entrance that packages are taken to."
                ));
            }
        }
        if let Some(path) = &self.calendars {
            let shown = path.display();
            let text = std::fs::read_to_string(path)
                .map_err(|error| format!("repair.calendars names {shown}, which cannot be read: {error}."))?;
            WorkingDays::read(&text).map_err(|error| format!("repair.calendars names {shown}: {error}."))?;
        }
        Ok(())
    }
}

fn figure<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    number(from).map(Some)
}
