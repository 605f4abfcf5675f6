//! The members of a JSON object.

use std::borrow::Cow;
use std::iter::Map;
use std::mem::{replace, swap};
use std::ops::Index;
use std::slice;

use super::Value;

/// A name and its value.
pub(super) type Member<'a> = (Cow<'a, str>, Value<'a>);

/// The members of a JSON object; names differ. Up to 32 are kept in the order in which they were written; more, as in
/// maps from identifiers, are in the order of their names, in which each is found quickly however many there are.
#[derive(Debug, Clone, Default)]
pub struct Object<'a>(Vec<Member<'a>>);

/// Names and values.
pub(super) type Iter<'o, 'a> = Map<slice::Iter<'o, Member<'a>>, fn(&'o Member<'a>) -> (&'o str, &'o Value<'a>)>;

/// So many members are looked through one by one.
const FEW: usize = 32;

impl<'a> Object<'a> {
    /// Without members.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The member of that name.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.place(name).ok().map(|place| &self.0[place].1)
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value<'a>> {
        self.place(name).ok().map(|place| &mut self.0[place].1)
    }

    /// Whether there is one of that name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// Puts a member; gives back the one that had its name.
    pub fn insert(&mut self, name: impl Into<Cow<'a, str>>, value: Value<'a>) -> Option<Value<'a>> {
        self.put((name.into(), value))
    }

    fn put(&mut self, member: Member<'a>) -> Option<Value<'a>> {
        match self.place(&member.0) {
            Ok(place) => Some(replace(&mut self.0[place].1, member.1)),
            Err(place) => {
                self.0.insert(place, member);
                if self.0.len() == FEW + 1 {
                    self.sort();
                }
                None
            }
        }
    }

    /// The member of that name, which is `null` at first where there was none.
    pub(super) fn member(&mut self, name: &str) -> &mut Value<'a> {
        if !self.contains_key(name) {
            self.insert(name.to_owned(), Value::Null);
        }
        let place = self.place(name).unwrap_or_default();
        &mut self.0[place].1
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<Value<'a>> {
        self.place(name).ok().map(|place| self.0.remove(place).1)
    }

    /// Takes out those for which `stays` does not hold.
    pub fn retain(&mut self, mut stays: impl FnMut(&str, &mut Value<'a>) -> bool) {
        self.0.retain_mut(|(name, value)| stays(name, value));
    }

    /// Names and values.
    pub fn iter(&self) -> Iter<'_, 'a> {
        self.0.iter().map(|(name, value)| (name, value))
    }

    /// The same, to change the values.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&str, &mut Value<'a>)> {
        self.0.iter_mut().map(|(name, value)| (&**name, value))
    }

    /// The names.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.iter().map(|(name, _)| &**name)
    }

    /// The values.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Value<'a>> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The values, to change them.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Value<'a>> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Whether arrays and objects are nested no deeper than so many levels, of which this is one.
    pub fn is_within(&self, levels: u32) -> bool {
        levels > 0 && self.values().all(|value| value.is_within(levels - 1))
    }

    /// The same members, borrowing nothing.
    pub fn into_owned(self) -> Object<'static> {
        let owned = |(name, value): Member<'a>| (Cow::Owned(name.into_owned()), value.into_owned());
        Object(self.0.into_iter().map(owned).collect())
    }

    /// Of members with one name, the last one counts.
    pub(super) fn of(members: Vec<Member<'a>>) -> Self {
        if members.len() > FEW {
            let mut object = Self(members);
            object.sort();
            object.0.dedup_by(|next, kept| {
                let is_same = next.0 == kept.0;
                if is_same {
                    swap(next, kept);
                }
                is_same
            });
            return object;
        }
        let is_new =
            |(place, (name, _)): (usize, &Member<'a>)| members[..place].iter().all(|(other, _)| !is_same(other, name));
        if members.iter().enumerate().all(is_new) {
            return Self(members);
        }
        let mut object = Self::new();
        members.into_iter().for_each(|member| drop(object.put(member)));
        object
    }

    fn sort(&mut self) {
        self.0.sort_by(|(a, _), (b, _)| a.cmp(b));
    }

    /// Where the member of that name is, or else would be.
    fn place(&self, name: &str) -> Result<usize, usize> {
        if self.0.len() > FEW {
            self.0.binary_search_by(|(other, _)| (**other).cmp(name))
        } else {
            self.0.iter().position(|(other, _)| is_same(other, name)).ok_or(self.0.len())
        }
    }
}

/// Whether two names are the same. Most differ in their length or first letter, which takes less than a call.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.as_bytes().first() == b.as_bytes().first() && a == b
}

/// The order of members means nothing.
impl PartialEq for Object<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl<'a> Index<&str> for Object<'a> {
    type Output = Value<'a>;
    /// The member of that name; `null` where there is none.
    fn index(&self, name: &str) -> &Value<'a> {
        self.get(name).unwrap_or(&super::NOTHING)
    }
}

impl<'a, N: Into<Cow<'a, str>>> FromIterator<(N, Value<'a>)> for Object<'a> {
    fn from_iter<I: IntoIterator<Item = (N, Value<'a>)>>(members: I) -> Self {
        Self::of(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl<'a> Extend<(Cow<'a, str>, Value<'a>)> for Object<'a> {
    fn extend<I: IntoIterator<Item = Member<'a>>>(&mut self, members: I) {
        members.into_iter().for_each(|member| drop(self.put(member)));
    }
}

impl<'o, 'a> IntoIterator for &'o Object<'a> {
    type Item = (&'o str, &'o Value<'a>);
    type IntoIter = Iter<'o, 'a>;
    fn into_iter(self) -> Iter<'o, 'a> {
        self.iter()
    }
}

impl<'a> IntoIterator for Object<'a> {
    type Item = Member<'a>;
    type IntoIter = std::vec::IntoIter<Member<'a>>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    fn many(count: usize) -> Object<'static> {
        (0..count).rev().map(|number| (number.to_string(), Value::from(number))).collect()
    }

    #[test]
    fn few_members_keep_their_order() {
        assert_eq!(many(3).keys().collect::<Vec<_>>(), ["2", "1", "0"]);
    }

    #[test]
    fn members_are_found_however_many_they_are() {
        for count in [0, 1, FEW - 1, FEW, FEW + 1, 200] {
            let object = many(count);
            let mut one_by_one = Object::new();
            (0..count).for_each(|number| drop(one_by_one.insert(number.to_string(), number.into())));
            assert_eq!(object, one_by_one);
            assert_eq!(object.len(), count);
            for number in 0..count {
                assert_eq!(object[&number.to_string()], number);
                assert_eq!(one_by_one.remove(&number.to_string()), Some(number.into()));
            }
            assert_eq!((object.get("x"), one_by_one.len()), (None, 0));
        }
    }

    #[test]
    fn of_equal_names_the_last_counts() {
        for count in [2, FEW, FEW + 1, 200] {
            let twice = (0..count).chain([0, 1]).enumerate();
            let object: Object<'_> = twice.map(|(at, number)| (number.to_string(), Value::from(at))).collect();
            assert_eq!((object.len(), &object["0"], &object["1"]), (count, &count.into(), &(count + 1).into()));
        }
    }

    #[test]
    fn levels_are_counted() {
        let value = json!({"a": [1, [2, {}]], "b": {"c": {}}});
        assert_eq!([0, 1, 3, 4, 5].map(|levels| value.is_within(levels)), [false, false, false, true, true]);
        assert!(json!(1).is_within(0));
    }

    #[test]
    fn objects_are_equal_in_any_order() {
        let of = |names: [&'static str; 2]| names.into_iter().map(|name| (name, Value::Null)).collect::<Object<'_>>();
        assert_eq!(of(["a", "b"]), of(["b", "a"]));
        assert_ne!(of(["a", "b"]), of(["a", "c"]));
    }
}
