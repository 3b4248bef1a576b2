//! Brands, tags and options with their names, as numbers.

use super::product::{Text, Value};
use std::collections::HashMap;

/// A group of values: brand, tag, or an option such as colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Key in addresses.
    pub key: String,
    /// Name.
    pub name: Text,
}

/// A value of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its group's number.
    pub group: u32,
    /// Key in addresses.
    pub key: String,
    /// Label.
    pub label: Text,
}

/// Every value that some product has or had.
#[derive(Debug, Default)]
pub struct Values {
    groups: Vec<Group>,
    group_numbers: HashMap<String, u32>,
    known: Vec<Known>,
    numbers: HashMap<(u32, String), u32>,
}

impl Values {
    /// The number of a value, a new one if it is unknown.
    pub fn number(&mut self, value: &Value) -> u32 {
        let group = self.group(value);
        if let Some(number) = self.numbers.get(&(group, value.key.clone())) {
            return *number;
        }
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.numbers.insert((group, value.key.clone()), number);
        self.known.push(Known { group, key: value.key.clone(), label: value.label.clone() });
        number
    }

    fn group(&mut self, value: &Value) -> u32 {
        if let Some(number) = self.group_numbers.get(&value.group) {
            return *number;
        }
        let number = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        self.group_numbers.insert(value.group.clone(), number);
        self.groups.push(Group { key: value.group.clone(), name: value.group_name.clone() });
        number
    }

    /// The number of a group with this key.
    #[must_use]
    pub fn find_group(&self, key: &str) -> Option<u32> {
        self.group_numbers.get(key).copied()
    }

    /// The number of a value of a group.
    #[must_use]
    pub fn find(&self, group: u32, key: &str) -> Option<u32> {
        self.numbers.get(&(group, key.to_owned())).copied()
    }

    /// A value by its number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&Known> {
        self.known.get(number as usize)
    }

    /// Every group, by number.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// How many values there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.known.len()
    }

    /// True when there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}
