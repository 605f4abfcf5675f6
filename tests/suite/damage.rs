//! Damage done to JSON and to bytes, the same for the same number each time. The fuzz targets share it (`fuzz/`).

use std::borrow::Cow;
use std::mem::take;

use recto::json::{Object, Value, json};

/// Numbers that look random and are the same in each run (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `end`, which is 1 at least.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }
}

/// How many kinds of damage [`value`] does.
pub(crate) const KINDS: usize = 20;

/// How many values are in a value, with itself.
pub(crate) fn places(value: &Value<'_>) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(places).sum(),
        Value::Object(members) => members.values().map(places).sum(),
        _ => 0,
    }
}

/// The value at a place, counted in the order of the text.
fn at<'v, 'a>(value: &'v mut Value<'a>, left: &mut usize) -> Option<&'v mut Value<'a>> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| at(item, left)),
        Value::Object(members) => members.values_mut().find_map(|member| at(member, left)),
        _ => None,
    }
}

/// A text that stands for half of a surrogate pair, which no value can hold; [`text`] writes it.
const HALF: &str = "\u{F8FE}half\u{F8FE}";
/// A name that stands for one that comes twice.
const TWICE: &str = "\u{F8FE}twice\u{F8FE}";

/// The text of a damaged value.
pub(crate) fn text(value: &Value<'_>) -> String {
    let text = recto::json::text(value).replace(HALF, "\\ud83d a\\udc00");
    // What follows the sign is the name that is said again.
    text.replace(TWICE, "")
}

/// Replaces the value at a place by one of another kind, nests it, moves it or takes it away.
pub(crate) fn value(root: &mut Value<'_>, place: usize, kind: usize, dice: &mut Dice) {
    let other = {
        let place = dice.below(places(root));
        at(root, &mut { place }).map_or(Value::Null, |value| if places(value) < 200 { value.clone() } else { json!(1) })
    };
    let Some(found) = at(root, &mut { place }) else { return };
    let old = take(found);
    *found = match kind % KINDS {
        0 => Value::Null,
        1 => number("-7.5"),
        2 => json!([[old]]),
        3 => json!({"type": "strong", "children": old, "content": 1, "rendered": 1}),
        4 => number("123456789012345678901234567890e999"),
        5 => half(old),
        6 => (0..60).fold(old, |inner, _| json!([inner])),
        7 => (0..30).fold(
            old,
            |inner, _| json!({"type": "blockquote", "content": [inner], "t": "Div", "level": 4_294_967_295_u32}),
        ),
        8 => json!({"_type": "block", "text": true, "insert": {}, "marks": [{}], "attrs": [], "data": 7}),
        9 => twice(old, dice),
        10 => json!(true),
        11 => json!("<b>&#0;<p><img src=x onerror=alert(1)></b>\u{202E}x"),
        12 => json!(""),
        13 => json!([]),
        14 => json!({}),
        15 => cut(old, dice),
        16 => turned(old),
        17 => json!([old, other, old]),
        18 => other,
        _ => renamed(old, dice),
    };
}

fn number(text: &str) -> Value<'static> {
    Value::Number(text.to_owned().into())
}

/// A text with half a surrogate pair in its middle; other values become such a text.
fn half(value: Value<'_>) -> Value<'_> {
    let Value::String(mut text) = value else { return HALF.into() };
    let middle = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    text.to_mut().insert_str(middle, HALF);
    text.into()
}

/// An object of which one member comes a second time with another value.
fn twice<'a>(value: Value<'a>, dice: &mut Dice) -> Value<'a> {
    let Value::Object(members) = value else { return json!({"type": value, (TWICE.to_owned() + "type"): [value]}) };
    let name = members.keys().nth(dice.below(members.len())).unwrap_or_default().to_owned();
    let kinds = [json!(null), json!([{}]), json!({"type": 7}), json!("x")];
    let again = (Cow::from(TWICE.to_owned() + &name), kinds[dice.below(kinds.len())].clone());
    members.into_iter().chain([again]).collect::<Object<'_>>().into()
}

/// A list, an object or a text that ends early.
fn cut<'a>(value: Value<'a>, dice: &mut Dice) -> Value<'a> {
    match value {
        Value::Array(mut items) => {
            items.truncate(dice.below(items.len()));
            items.into()
        }
        Value::Object(members) => {
            let end = dice.below(members.len());
            members.into_iter().take(end).collect::<Object<'_>>().into()
        }
        Value::String(text) => {
            let end = dice.below(text.chars().count());
            text.chars().take(end).collect::<String>().into()
        }
        other => other,
    }
}

/// A list from its end, an object for a list and the other way round.
fn turned(value: Value<'_>) -> Value<'_> {
    match value {
        Value::Array(items) if items.len() > 1 => items.into_iter().rev().collect(),
        Value::Array(items) => items.into_iter().map(|item| ("0", item)).collect::<Object<'_>>().into(),
        Value::Object(members) => members.into_iter().map(|(_, member)| member).collect(),
        Value::String(text) => text.chars().rev().collect::<String>().into(),
        other => other.to_string().into(),
    }
}

/// An object in which two members have changed their values.
fn renamed<'a>(value: Value<'a>, dice: &mut Dice) -> Value<'a> {
    let Value::Object(members) = value else { return json!({"text": value, "type": "text", "value": value}) };
    let names: Vec<String> = members.keys().map(str::to_owned).collect();
    let by = dice.below(names.len());
    let values = members.into_iter().map(|(_, member)| member);
    names.iter().cycle().skip(by).cloned().zip(values).collect::<Object<'_>>().into()
}

/// Changes some bytes: one is another, some come twice, some are gone.
pub(crate) fn bytes(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const SIGNS: &[u8] = b"<>&\"'{}[]:,\\/=-_*`#|!~^$\n\t \0\x80\xff\xed0aA";
    for _ in 0..=dice.below(4) {
        let start = dice.below(bytes.len());
        let end = (start + 1 + dice.below(24)).min(bytes.len());
        match dice.below(5) {
            _ if bytes.is_empty() => bytes.push(SIGNS[dice.below(SIGNS.len())]),
            0 => bytes[start] = SIGNS[dice.below(SIGNS.len())],
            1 => bytes.insert(start, SIGNS[dice.below(SIGNS.len())]),
            2 => drop(bytes.drain(start..end)),
            3 => {
                let piece = bytes[start..end].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => {
                let to = dice.below(bytes.len());
                bytes.swap(start, to);
            }
        }
    }
}
