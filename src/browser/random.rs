//! Chance. <https://developer.mozilla.org/docs/Web/API/Crypto/getRandomValues>

use super::window;

/// An identifier that nothing else has: a UUID of version 4. Not by `crypto.randomUUID`, which pages without
/// https lack.
pub fn identifier() -> String {
    let mut bytes = [0; 16];
    if window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)).is_err() {
        let now = js_sys::Date::now().to_bits().to_be_bytes();
        let chance = js_sys::Math::random().to_bits().to_be_bytes();
        bytes[..8].copy_from_slice(&now);
        bytes[8..].copy_from_slice(&chance);
    }
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut identifier = String::with_capacity(36);
    for (index, byte) in bytes.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            identifier.push('-');
        }
        for digit in [byte >> 4, byte & 0xf] {
            identifier.push(char::from_digit(digit.into(), 16).unwrap_or('0'));
        }
    }
    identifier
}
