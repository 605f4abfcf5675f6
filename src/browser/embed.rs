//! Content of other sites, loaded when the reader asks for it, and code beside its copy button.

use web_sys::Element;

use super::page;

/// Puts the player that `button` names (`data-src`, `data-title`) in place of the card around it.
pub fn load(button: &Element) {
    let attribute = |name| button.get_attribute(name).unwrap_or_default();
    let src = attribute("data-src");
    let Some(card) = button.closest(".r-embed-card").ok().flatten() else { return };
    let Ok(frame) = page().create_element("iframe") else { return };
    if !src.starts_with("https://") {
        return;
    }
    let set = |name, value: &str| {
        let _ = frame.set_attribute(name, value);
    };
    set("class", "r-embed-frame");
    set("title", &attribute("data-title"));
    set("referrerpolicy", "strict-origin-when-cross-origin");
    set("sandbox", "allow-scripts allow-same-origin allow-popups allow-forms allow-presentation");
    set("allow", "fullscreen; encrypted-media; picture-in-picture");
    set("allowfullscreen", "");
    set("src", &src);
    let _ = card.replace_with_with_node_1(&frame);
}

/// The code that belongs to a copy button.
pub fn code_beside(button: &Element) -> String {
    let code = button.closest(".r-code").ok().flatten().and_then(|block| block.query_selector("code").ok().flatten());
    code.and_then(|code| code.text_content()).unwrap_or_default()
}
