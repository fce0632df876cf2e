//! Of all that says whose an anonymous id is, what says it first. Each event of a browser that is logged in says so again.

use std::collections::HashMap;

use ripen::engine::Event;
use ripen::fold::Key;

use super::restore::key_of;

/// One for each anonymous id: where the person is whose event it is, the event, and the user.
#[derive(Default)]
pub(super) struct FirstJoins(HashMap<String, (usize, Key, String)>);

impl FirstJoins {
    /// An event of a person, who has this place.
    pub(super) fn hear(&mut self, place: usize, event: &Event) {
        for (anonymous, user) in event.joins() {
            let this = (event.time, event.id.as_str(), user);
            let is_first = self
                .0
                .get(anonymous)
                .is_none_or(|(_, (time, id), user)| this < (*time, id.as_str(), user.as_str()));
            if is_first {
                self.0.insert(anonymous.to_owned(), (place, key_of(event), user.to_owned()));
            }
        }
    }

    /// All of them, in no order: the place, the event, the anonymous id and the user.
    pub(super) fn all(self) -> impl Iterator<Item = (usize, (Key, String, String))> {
        self.0.into_iter().map(|(anonymous, (place, key, user))| (place, (key, anonymous, user)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Millis;

    fn event(id: &str, second: u32, anonymous: &str, user: &str) -> Event {
        let text = format!(
            r#"{{"type": "track", "event": "a", "messageId": "{id}", "anonymousId": "{anonymous}", "userId": "{user}",
                "timestamp": "1970-01-01T00:00:{second:02}.000Z"}}"#
        );
        ripen::replay::read_event(text.as_bytes()).unwrap()
    }

    #[test]
    fn of_all_events_of_a_browser_the_first_is_held_in_whatever_order_they_come() {
        let mut events: Vec<(usize, Event)> =
            (0..50).map(|second| (1, event("m", second + 5, "b", "later"))).collect();
        events.insert(20, (2, event("n", 5, "b", "other")));
        events.push((3, event("x", 7, "of another", "u")));
        let first = |events: &[(usize, Event)]| {
            let mut joins = FirstJoins::default();
            events.iter().for_each(|(place, event)| joins.hear(*place, event));
            let mut all: Vec<_> = joins.all().collect();
            all.sort();
            all
        };
        let join = |place, second: i64, id: &str, anonymous: &str, user: &str| {
            (place, ((Millis(second * 1_000), id.to_owned()), anonymous.to_owned(), user.to_owned()))
        };
        let expected = [join(1, 5, "m", "b", "later"), join(3, 7, "x", "of another", "u")];
        assert_eq!(first(&events), expected);
        events.reverse();
        assert_eq!(first(&events), expected);
    }
}
