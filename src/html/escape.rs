//! Text -> markup that means the same text. Control characters, which HTML cannot carry, are left out.

/// Appends `text` as the content of an element.
pub fn escape_text(text: &str, out: &mut String) {
    escape::<{ IN_TEXT }>(text, out);
}

/// Appends `text` as a double-quoted attribute's value.
pub fn escape_attribute(text: &str, out: &mut String) {
    escape::<{ IN_ATTRIBUTE }>(text, out);
}

const IN_TEXT: u8 = 1;
const IN_ATTRIBUTE: u8 = 2;

/// Which bytes need care, and where. All are ASCII: cutting a string at them keeps it UTF-8.
const CARE: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 32 {
        table[byte] = IN_TEXT | IN_ATTRIBUTE;
        byte += 1;
    }
    table[b'\t' as usize] = 0;
    table[b'\n' as usize] = 0;
    table[127] = IN_TEXT | IN_ATTRIBUTE;
    table[b'&' as usize] = IN_TEXT | IN_ATTRIBUTE;
    table[b'<' as usize] = IN_TEXT | IN_ATTRIBUTE;
    table[b'>' as usize] = IN_TEXT | IN_ATTRIBUTE;
    table[b'"' as usize] = IN_ATTRIBUTE;
    table
};

fn escape<const PLACE: u8>(text: &str, out: &mut String) {
    let mut start = 0;
    for (index, byte) in text.bytes().enumerate() {
        if CARE[byte as usize] & PLACE == 0 {
            continue;
        }
        out.push_str(&text[start..index]);
        start = index + 1;
        out.push_str(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "",
        });
    }
    out.push_str(&text[start..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        let mut out = String::new();
        escape_text("<b a=\"1\">&amp; é\u{0}\r\n", &mut out);
        assert_eq!(out, "&lt;b a=\"1\"&gt;&amp;amp; é\n");
    }

    #[test]
    fn attributes_cannot_be_left() {
        let mut out = String::new();
        escape_attribute("\" onload='x' <&>", &mut out);
        assert_eq!(out, "&quot; onload='x' &lt;&amp;&gt;");
    }
}
