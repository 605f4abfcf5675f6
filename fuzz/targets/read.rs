//! Bytes -> articles -> a page: JSON is damaged as values, all else as bytes.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use recto::json::Value;
use recto::reader::Hint;

#[path = "../../tests/suite/damage.rs"]
mod damage;
#[path = "../../tests/suite/sound.rs"]
#[allow(dead_code, reason = "each target asks for some of it")]
mod sound;

fuzz_target!(|bytes: &[u8]| {
    sound::read(bytes, &Hint { url: "https://site.example/a", ..Hint::default() }, "input");
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    let mut dice = damage::Dice(seed.into());
    let parsed = str::from_utf8(&data[..size]).ok().and_then(|text| recto::json::parse(text).ok()).map(Value::into_owned);
    let is_tree = parsed.as_ref().is_some_and(|value| value.is_object() || value.is_array());
    if let Some(mut value) = parsed.filter(|_| is_tree && dice.below(4) > 0) {
        for _ in 0..=dice.below(3) {
            let place = dice.below(damage::places(&value));
            let kind = dice.below(damage::KINDS);
            damage::value(&mut value, place, kind, &mut dice);
        }
        let text = damage::text(&value);
        if text.len() <= most {
            data[..text.len()].copy_from_slice(text.as_bytes());
            return text.len();
        }
    }
    if dice.below(4) == 0 {
        let mut bytes = data[..size].to_vec();
        damage::bytes(&mut bytes, &mut dice);
        bytes.truncate(most);
        data[..bytes.len()].copy_from_slice(&bytes);
        return bytes.len();
    }
    fuzzer_mutate(data, size, most)
});
