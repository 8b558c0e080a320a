//! Settings of look-ups: who asks, how often, and what is allowed.

use std::collections::BTreeMap;
use std::num::NonZeroU16;
use std::str::FromStr;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

/// How `factlint sources update` asks. No key of a service stands here: those come from the environment alone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct LookUps {
    /// An e-mail address or page that services can turn to; several ask for one, and answer faster then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Age from which a verified answer is asked for again: "30d", "12h".
    pub max_age: Period,
    /// Whether addresses of private networks may be asked, as of an intranet.
    pub allow_private: bool,
    /// Look-ups at once over all hosts.
    pub concurrency: NonZeroU16,
    /// Look-ups at once at one host.
    pub per_host: NonZeroU16,
    /// Least time between two questions to one host: "1s", "350ms".
    pub interval: Period,
    /// Other addresses of services, by the service: `crossref = "https://crossref.example.org"`.
    pub services: BTreeMap<String, Address>,
}

impl Default for LookUps {
    fn default() -> Self {
        let two = NonZeroU16::MIN.saturating_add(1);
        Self {
            contact: None,
            max_age: Period(Duration::from_hours(30 * 24)),
            allow_private: false,
            concurrency: two.saturating_pow(4),
            per_host: two,
            interval: Period(Duration::from_millis(350)),
            services: BTreeMap::new(),
        }
    }
}

/// Why a value is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// It is no period.
    #[error("`{0}` is no period: write it as 30d, 12h or 350ms")]
    Period(String),
    /// It is no contact.
    #[error("`{0}` is no contact: write an e-mail address or a page, without spaces")]
    Contact(String),
    /// It is no address.
    #[error("`{0}` is no address: write it as https://example.org")]
    Address(String),
}

/// A length of time, as `30d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Period(pub Duration);

/// An e-mail address or a page, fit to stand in a header.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Contact(String);

/// The address of a service, `http` or `https`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Address(String);

impl Contact {
    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Address {
    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Period {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        humantime::parse_duration(text)
            .map(Self)
            .map_err(|_| ValueError::Period(text.to_owned()))
    }
}

impl FromStr for Contact {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic()) && text.len() <= 200;
        let is_contact = text.contains('@') || text.starts_with("https://");
        if is_plain && is_contact {
            Ok(Self(text.to_owned()))
        } else {
            Err(ValueError::Contact(text.to_owned()))
        }
    }
}

impl FromStr for Address {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_web = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if is_web {
            Ok(Self(text.to_owned()))
        } else {
            Err(ValueError::Address(text.to_owned()))
        }
    }
}

/// Values are written as strings and read by [`FromStr`].
macro_rules! as_string {
    ($($kind:ty: $text:expr;)*) => {$(
        impl TryFrom<String> for $kind {
            type Error = ValueError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$kind> for String {
            fn from(value: $kind) -> Self {
                $text(value)
            }
        }
    )*};
}

as_string! {
    Period: |Period(time)| humantime::format_duration(time).to_string().replace(' ', "");
    Contact: |Contact(text)| text;
    Address: |Address(text)| text;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    fn check(text: &str, expected: &str) {
        let text = format!("[look-ups]\n{text}\n");
        let said = match Settings::parse("factlint.toml", &text) {
            Ok(settings) => toml::to_string(&settings.look_ups).unwrap(),
            Err(problems) => problems[0].to_string(),
        };
        assert!(said.starts_with(expected), "{said}");
    }

    #[test]
    fn periods_contacts_and_addresses_are_read_strictly() {
        check("max-age = \"36h\"", "max-age = \"1day12h\"");
        check("contact = \"a@example.org\"", "contact = \"a@example.org\"");
        check(
            "max-age = \"a month\"",
            "factlint.toml:2: `a month` is no period: write it as 30d, 12h or 350ms",
        );
        check(
            "contact = \"a@example.org\\r\\nX: y\"",
            "factlint.toml:2: `a@",
        );
        check(
            "contact = \"nobody\"",
            "factlint.toml:2: `nobody` is no contact",
        );
        check("concurrency = 0", "factlint.toml:2: invalid value");
        check(
            "contcat = \"\"",
            "factlint.toml:2: unknown key `contcat` (did you mean contact?)",
        );
        let file = "services = { crossref = \"file:///etc\" }";
        check(file, "factlint.toml:2: `file:///etc` is no address");
    }

    #[test]
    fn what_holds_by_default_is_read_again() {
        let text = toml::to_string(&LookUps::default()).unwrap();
        assert_eq!(
            toml::from_str::<LookUps>(&text).unwrap(),
            LookUps::default()
        );
    }
}
