//! `recto completions` and `recto man`.

use crate::workshop::Workshop;

#[test]
fn every_shell_gets_its_completions() {
    let shop = Workshop::new("completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = shop.recto(&["completions", shell]).ok().out;
        assert!(script.contains("recto") && script.contains("check"), "{shell}");
    }
    assert_eq!(shop.recto(&["completions", "abacus"]).code, 2);
}

#[test]
fn the_manual_names_every_verb_and_its_options() {
    let shop = Workshop::new("man");
    let page = shop.recto(&["man"]).ok().out;
    assert!(page.contains(".TH"), "{page}");
    for word in ["RECTO CHECK", "RECTO COMPLETIONS", "strict"] {
        assert!(page.contains(word), "{word}");
    }
    assert!(shop.recto(&["man", "check"]).ok().out.contains("strict"));
    assert_eq!(shop.recto(&["man", "nothing"]).code, 1);
}
