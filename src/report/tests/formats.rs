//! What programs read: one line a finding, JSON and SARIF.

use super::*;

#[test]
fn concise_is_one_line_a_finding() {
    insta::assert_snapshot!(concise(&Example::new().run()));
}

#[test]
fn json_report() {
    insta::assert_snapshot!(json(&Example::new().run()).unwrap());
}

#[test]
fn sarif_report() {
    insta::assert_snapshot!(sarif(&Example::new().run()).unwrap());
}

#[test]
fn equal_fingerprints_are_counted_apart() {
    let mut example = Example::new();
    example.findings = vec![example.findings[0].clone(); 2];
    let log: serde_json::Value = serde_json::from_str(&sarif(&example.run()).unwrap()).unwrap();
    let hash = |at: usize| {
        log["runs"][0]["results"][at]["partialFingerprints"]["primaryLocationLineHash"].clone()
    };
    assert!(hash(0).as_str().unwrap().ends_with(":1"));
    assert!(hash(1).as_str().unwrap().ends_with(":2"));
}
