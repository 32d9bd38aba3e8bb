//! What somebody signs to show that a key is theirs.

use chrono::{DateTime, NaiveDateTime, Timelike};

use super::{PublicKey, fingerprint, lines};
use crate::credit_code::CreditCode;
use crate::date::{read_day, read_time};
use crate::enterprise::Enterprise;
use crate::filing::Instant;
use crate::normal_text::normal_line;
use crate::person::Role;

const KIND: &str = "签名密钥登记书";
const VERSION: &str = "1";
const DECLARATION: &str = "本人持有与上述公钥对应的私钥，今后以该密钥代表上述企业签署文件。";
const NAMES: [&str; 11] =
    ["文书", "版本", "姓名", "身份", "企业名称", "统一社会信用代码", "公钥指纹（SM3）", "登记编号", "一次性随机数", "时间", "声明"];
/// Where among the names the fingerprint is.
const FINGERPRINT: usize = 6;
/// The clock on the wall in Shanghai is ahead of UTC by this all year.
const SHANGHAI_MS: i64 = 8 * 60 * 60 * 1000;

/// The enrolment of a key (签名密钥登记书). Its text says who will sign with it for whom; the challenge, which the portal
/// gave for this one enrolment, shows that it was signed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    name: String,
    role: Role,
    enterprise: Enterprise,
    fingerprint: String,
    id: String,
    challenge: String,
    at: Instant,
}

impl Enrolment {
    /// The enrolment of this key under this id: by whom, as what, for which enterprise, with the portal's challenge, when
    /// (to the second).
    ///
    /// None: a name holds what may not stand in a text that is signed (see [`lines::is_value`]), or the role does not sign.
    pub fn new(
        (name, role): (&str, Role),
        enterprise: &Enterprise,
        public: &PublicKey,
        (id, challenge): (&str, &str),
        at: Instant,
    ) -> Option<Self> {
        let enrolment = Self {
            name: normal_line(name),
            role,
            enterprise: enterprise.clone(),
            fingerprint: fingerprint(public),
            id: id.to_owned(),
            challenge: challenge.to_owned(),
            at: at - at.rem_euclid(1000),
        };
        let sound = [name, &enterprise.name, id, challenge].into_iter().all(lines::is_value);
        (sound && role_words(role).is_some() && wall(at).is_some()).then_some(enrolment)
    }

    /// The text before and after the fingerprint, for a page that is made before the key is.
    pub fn around_fingerprint(
        person: (&str, Role),
        enterprise: &Enterprise,
        challenge: (&str, &str),
        at: Instant,
    ) -> Option<(String, String)> {
        // Any key will do: only its fingerprint is in the text.
        let any = super::SecretKey::from_bytes(&[1; 32]).ok()?.public();
        let enrolment = Self::new(person, enterprise, &any, challenge, at)?;
        let text = enrolment.text();
        let (before, after) = text.split_once(&enrolment.fingerprint)?;
        Some((before.to_owned(), after.to_owned()))
    }

    /// The text, exactly as it is signed (UTF-8).
    pub fn text(&self) -> String {
        let time = wall(self.at).unwrap_or_default();
        let values = [
            KIND,
            VERSION,
            &self.name,
            role_words(self.role).unwrap_or_default(),
            &self.enterprise.name,
            self.enterprise.code.as_str(),
            &self.fingerprint,
            &self.id,
            &self.challenge,
            &time,
            DECLARATION,
        ];
        let all: Vec<_> = NAMES.into_iter().zip(values).collect();
        lines::write(&all)
    }

    /// Reads such a text; only what [`Self::text`] would write again is one.
    pub fn read(text: &str) -> Option<Self> {
        let values = lines::read(text, NAMES)?;
        let [_, _, name, role, enterprise, code, fingerprint, id, challenge, time, _] = values;
        crate::hexadecimal::read::<32>(values[FINGERPRINT])?;
        let read = Self {
            name: normal_line(name),
            role: [Role::LegalRepresentative, Role::Administrator].into_iter().find(|known| role_words(*known) == Some(role))?,
            enterprise: Enterprise { code: CreditCode::parse(code).ok()?, name: enterprise.to_owned() },
            fingerprint: fingerprint.to_owned(),
            id: id.to_owned(),
            challenge: challenge.to_owned(),
            at: of_wall(time)?,
        };
        (read.text() == text).then_some(read)
    }

    /// Who: the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// As what.
    pub fn role(&self) -> Role {
        self.role
    }

    /// For which enterprise.
    pub fn enterprise(&self) -> &Enterprise {
        &self.enterprise
    }

    /// The fingerprint of the key.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The portal's challenge.
    pub fn challenge(&self) -> &str {
        &self.challenge
    }

    /// When, to the second.
    pub fn at(&self) -> Instant {
        self.at
    }
}

/// What a role that may sign is called; an agent does not.
fn role_words(role: Role) -> Option<&'static str> {
    match role {
        Role::LegalRepresentative => Some("法定代表人"),
        Role::Administrator => Some("证照管理员"),
        Role::Agent => None,
    }
}

/// `2026-11-23T09:15:07+08:00`: the clock on the wall in Shanghai.
pub(crate) fn wall(at: Instant) -> Option<String> {
    let wall = DateTime::from_timestamp_millis(at.checked_add(SHANGHAI_MS)?)?.naive_utc();
    let (hour, minute, second) = (wall.hour(), wall.minute(), wall.second());
    Some(format!("{}T{hour:02}:{minute:02}:{second:02}+08:00", wall.date()))
}

/// The instant of such a time.
pub(crate) fn of_wall(text: &str) -> Option<Instant> {
    let (day, time) = text.strip_suffix("+08:00")?.split_once('T')?;
    let wall = NaiveDateTime::new(read_day(day)?, read_time(time)?);
    Some(wall.and_utc().timestamp_millis() - SHANGHAI_MS)
}
