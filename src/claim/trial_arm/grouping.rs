//! Arms by what a text calls its groups, where no sentence sets them up: "the X group", "group A".

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::arm::{MOST, letter, own_tokens};
use super::lexis::is;
use super::name::{Named, clean};

/// Score of the two commonest "the X group".
const GROUPS: u32 = 25;
/// Score of "group A", "group B" where nothing says what they got.
const LETTERED: u32 = 24;
/// The same where each stands twice.
const GROUPS_OFTEN: u32 = 45;

/// "in the X group", "the X arm".
static GROUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:the|in|and|versus|vs\.?|than)\s+((?:[0-9A-Za-z_+/-]+[\s-]+){1,3}?)(?:groups?|arms?)(?-u:\b)").ok()
});

/// Arms by the names of groups in some sentences, each with its score.
pub(super) fn groups(texts: &[&str]) -> [(u32, Vec<Named>); 2] {
    let mut counted: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let names = texts.iter().flat_map(|text| {
        let found = GROUP.as_ref().into_iter();
        found.flat_map(|regex| regex.captures_iter(text))
    });
    for name in names.filter_map(|found| clean(found.get(1)?.as_str())) {
        let count = counted.len();
        counted.entry(name.to_lowercase()).or_insert((0, count)).0 += 1;
    }
    let (common, often) = commonest(&counted);
    let score = if often { GROUPS_OFTEN } else { GROUPS };
    [(LETTERED, lettered(texts)), (score, common)]
}

static LETTERED_GROUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?-u:\b)(?:[Gg]roup|[Aa]rm|GROUP|ARM)\s+([A-Z]|I{1,3}|IV|[1-6])(?-u:\b)").ok()
});

/// "Group A", "group B" where two or more stand.
fn lettered(texts: &[&str]) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for text in texts {
        for captures in LETTERED_GROUP
            .as_ref()
            .into_iter()
            .flat_map(|regex| regex.captures_iter(text))
        {
            let Some(letter) = captures.get(1).map(|letter| letter.as_str()) else {
                continue;
            };
            let name = format!("group {letter}");
            if found.iter().all(|known| known.name != name) && found.len() < MOST {
                let aliases = ["group ", "Group ", "arm ", "Arm "]
                    .map(|lead| format!("{lead}{letter}"))
                    .into();
                found.push(Named {
                    name,
                    aliases,
                    size: None,
                    dose: None,
                });
            }
        }
    }
    found
}

/// The two commonest "the X group", in the order they come.
fn commonest(groups: &BTreeMap<String, (usize, usize)>) -> (Vec<Named>, bool) {
    let controlled = groups.contains_key("control") || groups.contains_key("placebo");
    let fits = |name: &str| {
        let tested = controlled && matches!(name, "study" | "treatment");
        tested || !name.split(' ').any(|word| is("unnamed-group", word))
    };
    let mut ranked: Vec<(&String, &(usize, usize))> =
        groups.iter().filter(|(name, _)| fits(name)).collect();
    ranked.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.1.1.cmp(&b.1.1)));
    let mut seen: Vec<BTreeSet<String>> = Vec::new();
    let mut kept: Vec<(usize, Named)> = Vec::new();
    let mut often = true;
    for (name, (count, place)) in ranked {
        let words = own_tokens(name);
        if (words.is_empty() && letter(&name.to_uppercase()).is_none())
            || seen
                .iter()
                .any(|other| *other == words && !words.is_empty())
        {
            continue;
        }
        seen.push(words);
        often &= *count > 1;
        kept.push((
            *place,
            Named {
                name: name.clone(),
                aliases: Vec::new(),
                size: None,
                dose: None,
            },
        ));
        if kept.len() == 2 {
            break;
        }
    }
    kept.sort_by_key(|(place, _)| *place);
    (kept.into_iter().map(|(_, named)| named).collect(), often)
}
