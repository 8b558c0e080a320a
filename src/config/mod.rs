//! Settings of a project: `factlint.toml` to values, with the place of every key.
//!
//! Why it exists: what a house calls its measures, which rules it wants and how grave they are is no fact of the documents, and
//! must be read strictly: a mistyped key that is passed over in silence is a rule that never ran.
//! It leaves out where the file lies and what the environment says ([`crate::cli`]).

mod keys;
mod levels;
mod look_ups;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::corpus::StudyMapping;
use crate::finding::Level;
use crate::text::Problem;

pub use keys::{Known, lines};
pub use levels::{Levels, PathGlobs};
pub use look_ups::{Address, Contact, LookUps, Period, ValueError};

/// Names of the file, the first found counts.
pub const FILE_NAMES: [&str; 2] = ["factlint.toml", ".factlint.toml"];

/// What `factlint init` writes.
pub const TEMPLATE: &str = include_str!("template.toml");

/// What `factlint.toml` says. Paths are relative to its folder.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(title = "factlint.toml")]
pub struct Settings {
    /// Lowest level of a finding that makes the exit status 1.
    pub fail_on: FailOn,
    /// Whether a source is asked of background statements, too, as notes.
    pub strict: bool,
    /// Whether numbers have a decimal comma and points between thousands: 1.234,5.
    pub decimal_comma: bool,
    /// Files and folders that are not read, as in a .gitignore: "drafts/", "CHANGELOG.md". A file named as an argument is read.
    pub exclude: Vec<String>,
    /// The level of each rule by its id.
    pub rules: BTreeMap<String, RuleLevel>,
    /// Folders with rules of your own: .rq files, with .md pages beside them.
    pub rule_folders: Vec<String>,
    /// Packs of measures by name; `false` takes one out.
    pub packs: BTreeMap<String, bool>,
    /// Turtle files with measures of your own, written as the packs are.
    pub pack_files: Vec<String>,
    /// House terms: the name of a measure and what else the documents call it.
    pub terms: BTreeMap<String, Vec<String>>,
    /// Which names of studies mean one study, and which do not.
    pub studies: Studies,
    /// Reports to write in every check: the file of each by its format, as `sarif = "factlint.sarif"`.
    pub reports: BTreeMap<String, String>,
    /// The file of decisions on findings.
    pub decisions: String,
    /// The file of findings that were there before.
    pub baseline: String,
    /// The file with what registries said of the sources.
    pub lock: String,
    /// The folder with texts of sources. No document is looked for in it.
    pub sources: String,
    /// How sources are looked up on the network, which only `factlint sources update` does.
    pub look_ups: LookUps,
    /// Levels for some paths alone; of several that fit a document the last counts.
    #[serde(rename = "override")]
    pub overrides: Vec<Override>,
}

/// Which names of studies mean one study. A name is one as printed, a registry number or an acronym.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Studies {
    /// Lists of names that mean one study.
    pub same: Vec<Vec<String>>,
    /// Lists of names of which no two mean one study.
    pub different: Vec<Vec<String>>,
}

/// Levels of rules in some documents.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Override {
    /// Documents, as in a .gitignore: "press/**".
    pub paths: Vec<String>,
    /// The level of each rule by its id.
    pub rules: BTreeMap<String, RuleLevel>,
}

/// How much the findings of a rule weigh. Those that the rule is less sure of keep a lower level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RuleLevel {
    /// It has none.
    Off,
    /// Worth knowing.
    Note,
    /// Likely wrong.
    Warning,
    /// Wrong.
    Error,
}

/// The lowest level that makes a run fail.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors alone
    Error,
    /// Errors and warnings
    #[default]
    Warning,
    /// Any finding
    Note,
    /// No finding
    Never,
}

impl FailOn {
    /// Whether a finding of a level makes the run fail.
    pub fn includes(self, level: Level) -> bool {
        match self {
            Self::Error => level >= Level::Error,
            Self::Warning => level >= Level::Warning,
            Self::Note => true,
            Self::Never => false,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            fail_on: FailOn::default(),
            strict: false,
            decimal_comma: false,
            exclude: Vec::new(),
            rules: BTreeMap::new(),
            rule_folders: Vec::new(),
            packs: BTreeMap::new(),
            pack_files: Vec::new(),
            terms: BTreeMap::new(),
            studies: Studies::default(),
            reports: BTreeMap::new(),
            decisions: "factlint-decisions.toml".to_owned(),
            baseline: "factlint-baseline.json".to_owned(),
            lock: "factlint.lock".to_owned(),
            sources: "sources".to_owned(),
            look_ups: LookUps::default(),
            overrides: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads `factlint.toml`; `path` is for messages.
    ///
    /// # Errors
    /// What is wrong in it, each with its line and what to write instead.
    pub fn parse(path: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let unknown = keys::unknown(path, text, &schema());
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let settings: Self = toml::from_str(text)
            .map_err(|error| vec![keys::problem(path, text, error.span(), error.message())])?;
        let problems: Vec<Problem> = settings
            .overrides
            .iter()
            .flat_map(|part| &part.paths)
            .chain(&settings.exclude)
            .filter_map(|glob| {
                let error = PathGlobs::of(std::slice::from_ref(glob)).err()?;
                let line = text.lines().position(|line| line.contains(glob.as_str()));
                Some(Problem {
                    path: path.to_owned(),
                    line: line.map(|at| at + 1),
                    message: format!("`{glob}` is no pattern of paths: {error}"),
                    help: "write it as in a .gitignore: press/**".to_owned(),
                })
            })
            .collect();
        if problems.is_empty() {
            Ok(settings)
        } else {
            Err(problems)
        }
    }

    /// The study mapping, for [`crate::corpus`].
    pub fn studies(&self) -> StudyMapping {
        StudyMapping {
            same: self.studies.same.clone(),
            different: self.studies.different.clone(),
        }
    }
}

/// The JSON schema of `factlint.toml`.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Settings).to_value()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn check(text: &str, expected: &str) {
        let said = match Settings::parse("factlint.toml", text) {
            Ok(_) => String::new(),
            Err(problems) => problems
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("\n"),
        };
        assert_eq!(said, expected);
    }

    /// Every key there is.
    fn keys() -> BTreeSet<String> {
        let all = toml::Table::try_from(Settings::default()).unwrap();
        all.keys().cloned().collect()
    }

    #[test]
    fn the_template_is_read_and_says_what_holds_anyway() {
        let settings = Settings::parse("factlint.toml", TEMPLATE).unwrap();
        assert_eq!(settings, Settings::default());
        let all: String = TEMPLATE
            .lines()
            .map(|line| line.strip_prefix("#: ").unwrap_or(line))
            .fold(String::new(), |text, line| text + line + "\n");
        let every = Settings::parse("factlint.toml", &all).unwrap();
        assert!(!every.overrides.is_empty() && !every.studies.same.is_empty());
    }

    #[test]
    fn an_unknown_key_names_its_line_and_the_nearest_right_one() {
        check(
            "fail-on = \"error\"\nexlude = []\n",
            "factlint.toml:2: unknown key `exlude` (did you mean exclude?)",
        );
        check(
            "[studies]\nsmae = []\n",
            "factlint.toml:2: unknown key `smae` (did you mean same?)",
        );
        check(
            "[[override]]\npaths = []\nrules = {}\npath = 1\n",
            "factlint.toml:4: unknown key `path` (did you mean paths?)",
        );
        let Err(problems) = Settings::parse("factlint.toml", "zzz = 1\n") else {
            panic!("no key is called so")
        };
        let help = problems.first().unwrap().help.as_str();
        for key in keys() {
            assert!(help.contains(&key), "{key}: {help}");
        }
    }

    #[test]
    fn a_wrong_value_names_its_line() {
        check(
            "\n[rules]\nfigure-conflict = \"eror\"\n",
            "factlint.toml:3: unknown variant `eror`, expected one of `off`, `note`, `warning`, `error` \
             (factlint config --schema shows what may stand there)",
        );
        let Err(problems) = Settings::parse("f.toml", "a = \n") else {
            panic!("it is no TOML")
        };
        assert_eq!(problems.first().unwrap().line, Some(1));
    }

    #[test]
    fn the_schema_knows_every_key() {
        let schema = schema();
        assert_eq!(schema["additionalProperties"], false);
        let known = schema["properties"].as_object().unwrap();
        assert_eq!(known.keys().cloned().collect::<BTreeSet<_>>(), keys());
        assert!(known.values().all(|key| key["description"].is_string()));
    }
}
