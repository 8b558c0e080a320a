//! Which statements need a source, and the documents around them.

use super::super::fixture;
use super::super::sentence::split;
use super::super::told::elaborates;
use super::*;

/// Whether the last block of a document needs support.
fn check(input: &str, expected: Support) {
    let (document, _) = fixture::read(input);
    let found = of_last(&document, &listed());
    // Background is no demand: where a test says that none is needed, a strict check may still ask.
    let found = if expected == Support::NotNeeded && found == Support::Background {
        Support::NotNeeded
    } else {
        found
    };
    assert_eq!(found, expected, "{input}");
}

/// What the last block needs in a document that marks its sources.
fn marked(input: &str) -> Support {
    let (document, citations) = fixture::read(&format!("The boats left.[1]\n\n{input}"));
    let citations = Citations {
        references: listed().references,
        ..citations
    };
    of_last(&document, &citations)
}

fn of_last(document: &Document, citations: &Citations) -> Support {
    let last = document.blocks.len() - 1;
    let text = &document.blocks[last].text.plain;
    let (sentences, words) = split(document, citations);
    let supports = Supports::new(document, citations, &sentences, &words);
    supports.of(last, &Told::new(&Words::of(text)))
}

fn tells(text: &str) -> bool {
    Told::new(&Words::of(text)).tells_of_others()
}

/// What a document cites that has a list: an article without one is only a part of one.
fn listed() -> Citations {
    Citations {
        references: vec![crate::citation::Reference::default()],
        ..Citations::default()
    }
}

#[test]
fn an_article_that_cites_nothing_is_asked_for_nothing() {
    let text = "Studies have shown that sleep lowers blood pressure.";
    let input = format!("# Methods\nx\n# Background\n{text}");
    let (document, _) = fixture::read(&input);
    let last = document.blocks.len() - 1;
    let of = |citations: &Citations| {
        let (sentences, words) = split(&document, citations);
        let supports = Supports::new(&document, citations, &sentences, &words);
        supports.of(last, &Told::new(&Words::of(text)))
    };
    assert_eq!(of(&listed()), Support::Needed);
    assert_eq!(of(&Citations::default()), Support::Background);
}

#[test]
fn guides_need_support_for_how_things_work() {
    for input in [
        "Examplimab is a selective inhibitor of the IL-6 receptor.",
        "The binding of IL-6 to its receptor triggers a cascade of signals.",
        "Signalling by CXCL12 is crucial for the spread of tumours.",
        "Examplimab acts as a competitive antagonist.",
        "Studies have shown that sleep lowers blood pressure.",
        "About 20% of adults have high blood pressure.",
        "The prevalence was 3 cases per 100,000 people.",
    ] {
        check(input, Support::Needed);
    }
}

#[test]
fn authors_who_speak_of_themselves_have_large_numbers_of_their_own() {
    let ours = "We moved our data to our new store, and our bills fell; we like it.\n\n";
    let mine = "I moved my data to my new store, and my bills fell; I like it.\n\n";
    let rows = "The largest table holds 100 billion rows at noon.";
    assert_eq!(marked(rows), Support::Needed);
    for own in [ours, mine] {
        assert_ne!(marked(&format!("{own}{rows}")), Support::Needed);
    }
    let users = "The other service has 260 million users in Asia.";
    check(&format!("{ours}{users}"), Support::Needed);
    let deaths = "The flood of that year caused 12,000 deaths in Asia.";
    check(&format!("{ours}{deaths}"), Support::Needed);
}

#[test]
fn a_document_without_marks_is_asked_for_what_a_reader_doubts_anywhere() {
    for input in [
        "Barely 12% of children in France read a newspaper.",
        "The port moves 40 million tonnes per year.",
        "A survey of commuters in Lyon showed that 56% of respondents walked.",
        "Research has shown that long meetings tire the staff.",
        "About 25% of developers at young companies write Rust.",
        "The country has 3.2 million households with a boat.",
    ] {
        check(input, Support::Needed);
    }
    for input in [
        "The service has over 4 million users around the world.",
        "The index holds 17 million lines of text.",
        "The new parser brings 20% for most customers.",
        "The team of five answers 2 million requests per year.",
        "The query has been shown to scale badly with large tables.",
        "The list has 107 subscribers worldwide.",
        "The rate is given per 100,000 people of a state.",
        "Deaths on April 30 are left out of the file.",
        "The branch takes 32 * (k-1) bytes plus a few percent for people.",
    ] {
        check(input, Support::NotNeeded);
    }
    assert_eq!(
        marked("The index holds 17 million lines of text."),
        Support::Needed
    );
}

#[test]
fn a_text_in_another_language_is_asked_for_nothing() {
    let claim = "Environ 20 % des adultes ont une tension trop haute.";
    let before =
        "Les marins mesurent la tension chaque jour et notent tout dans un cahier bleu. ".repeat(6);
    check(&format!("{before}\n\n{claim}"), Support::NotNeeded);
    let claim = "About 20% of adults have high blood pressure.";
    let before = "The sailors measure the pressure of the day and note it in a book. ".repeat(6);
    check(&format!("{before}\n\n{claim}"), Support::Needed);
}

#[test]
fn a_word_of_the_living_world_makes_no_text_on_it() {
    let claim = "Wrapping is crucial for the ABC1 interface.";
    let one = "The mutation of a variable is an error.\n\n";
    let others = "The compiler reports where it happens.\n\n".repeat(20);
    check(&format!("{one}{others}{claim}"), Support::NotNeeded);
    let claim = "Given that there is a mutation claim, it is crucial for the compiler.";
    check(&format!("{others}{claim}"), Support::NotNeeded);
    let claim = "Wrapping is crucial for the ABC1 interface.";
    let one = "The patients had a tumour.\n\n";
    check(&format!("{one}{claim}"), Support::Needed);
}

#[test]
fn a_method_by_its_name_tells_of_nobody() {
    check(
        "A meta-analysis weighs all studies by their size.",
        Support::NotNeeded,
    );
    check(
        "Several meta-analyses have found an effect on sleep.",
        Support::Needed,
    );
}

#[test]
fn excused_statements_need_none() {
    for input in [
        "We measured blood pressure in 20% of adults.",
        "This pathway is crucial for tumours and the IL-6 receptor.",
        "Examplimab may act as an inhibitor of IL-6.",
        "Further studies are needed on how Examplimab acts as an inhibitor.",
        "The aim was to see whether Examplimab inhibits IL-6.",
        "Therefore Examplimab inhibits the IL-6 receptor.",
        "Good planning leads to better results in the end.",
        "The cache reduces the load of the server a lot.",
        "It works well.",
        "Half or 50% of t-values are above zero here.",
        "About 20% of respondents were adults and women.",
        "No study has shown an effect on blood pressure.",
        "Researchers have not studied blood pressure in this way.",
        "Adults were stratified according to their blood pressure.",
        "The choice is made according to the dictionary.",
        "In 2020 the virus remained a threat worldwide.",
        "Studies have shown that 20% of adults sleep badly (Figure 2).",
        "Although studies have shown this for years... (to be written)",
        "The debt ceiling of the vault is 40 million coins.",
        "Members pay a fee of 1,200 coins per year for this.",
        "At that rate it takes 86,400 / 12 = 7,200 slots, or 2.6 million per year.",
        "Assume that 95% of the samples hold the true mean.",
        "All other reports of faults may still be reported to the office.",
        "The plot shows strong evidence of an effect of genre.",
        "An analysis of deaths on 2021-05-26 in Malta is published here.",
    ] {
        check(input, Support::NotNeeded);
    }
}

#[test]
fn a_supplement_is_part_of_an_article() {
    let figure = "About 20% of adults have high blood pressure.";
    check(
        &format!("# Supplementary information {{.page}}\n{figure}"),
        Support::NotNeeded,
    );
    check(&format!("# Information\n{figure}"), Support::Needed);
}

#[test]
fn articles_need_support_in_introductions_and_for_others_in_discussions() {
    let article = |section: &str, text: &str| format!("# Methods\nx\n# {section}\n{text}");
    let others = "Studies have shown that sleep lowers blood pressure.";
    let figure = "About 20% of adults have high blood pressure.";
    let relation = "Examplimab is a selective inhibitor of the IL-6 receptor.";
    check(&article("Introduction", others), Support::Needed);
    check(&article("Introduction", figure), Support::Needed);
    check(&article("Introduction", relation), Support::NotNeeded);
    check(&article("Discussion", others), Support::Needed);
    check(&article("Discussion", figure), Support::NotNeeded);
    check(&article("Results", others), Support::NotNeeded);
    check(&article("Conclusion", others), Support::NotNeeded);
    check(&article("1. Introduction", figure), Support::Needed);
}

#[test]
fn a_study_that_is_brought_in_has_respondents_of_its_own() {
    check(
        "A survey of commuters in Lyon showed that 56% of respondents walked.",
        Support::Needed,
    );
    check(
        "Of those asked, 56% of respondents walked.",
        Support::NotNeeded,
    );
}

#[test]
fn what_unnamed_studies_found_is_told_of_others() {
    for input in [
        "Several studies have shown that strong colonies groom more.",
        "Research indicates that bees can count to four.",
        "A number of trials in large hives reported that oils may help.",
        "Moreover, several other studies reported that queens live longer.",
        "In vitro studies show that mites die in the cold.",
        "A trial of two oils found that mites fell off.",
    ] {
        assert!(tells(input), "{input}");
        check(input, Support::Needed);
    }
    for input in [
        "These studies have shown that strong colonies groom more.",
        "No previous studies have shown that bees count.",
        "Further studies are needed to show that bees count.",
        "As in previous studies, mites were found in all hives.",
        "Our previous studies have shown that bees count.",
        "Several of these trials reported that oils help.",
        "A principal component analysis showed that hives differ.",
        "Many studies of bees were small.",
        "Studies chosen had to contain hives with mites.",
        "Researchers might also find some parts of the course useful.",
        "Researchers report to the office of the keeper.",
    ] {
        assert!(!tells(input), "{input}");
    }
}

#[test]
fn a_name_in_a_program_is_no_phrase() {
    check(
        "The call of plus_one in Listing 6 takes none.",
        Support::NotNeeded,
    );
    check(
        "The call is made by one in 6 adults at least.",
        Support::Needed,
    );
}

#[test]
fn a_sentence_elaborates_the_one_before() {
    let before = "Several studies have shown that strong colonies remove mites by grooming.";
    for next in [
        "In Malta, for example, 12 hives were watched.",
        "One study watched 12 hives.",
        "Okafor et al. watched 12 hives.",
        "A trial in Malta found the same.",
        "Such grooming is learnt.",
        "The grooming of strong queens and colonies differs.",
    ] {
        assert!(elaborates(before, next), "{next}");
    }
    assert!(!elaborates(before, "Oils are sold in most towns."));
}

#[test]
fn background_is_asked_for_by_strict_checks_alone() {
    check(
        "Hospitals in coastal towns treat more visitors in summer.",
        Support::Background,
    );
}

#[test]
fn conclusions_of_guides_need_none() {
    check(
        "# Conclusion\nExamplimab is a selective inhibitor of the IL-6 receptor.",
        Support::NotNeeded,
    );
}
