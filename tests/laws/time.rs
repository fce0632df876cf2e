//! Jumping over hours = evaluating every hour; and what is told of the next change is true.

use proptest::prelude::*;
use ripen::engine::{Change, Millis, Person};

use crate::usage::{HOUR, playbook, usage};

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn jumping_straight_to_the_next_change_misses_none(events in usage(), wait in 0..600_i64) {
        let playbook = playbook();
        let end = Millis(events.last().unwrap().time.0 + wait * HOUR);
        let (mut jumping, mut walking) = (Person::new(&playbook), Person::new(&playbook));
        let (mut jumps, mut walks) = (Vec::new(), Vec::new());
        for event in &events {
            jumps.extend(jumping.advance(&playbook, None, event.time));
            walks.extend(every_hour(&mut walking, event.time));
            for (person, changes) in [(&mut jumping, &mut jumps), (&mut walking, &mut walks)] {
                person.fold(&playbook, event);
                changes.extend(person.evaluate(&playbook, None, event.time));
            }
        }
        jumps.extend(jumping.advance(&playbook, None, end));
        walks.extend(every_hour(&mut walking, end));
        prop_assert_eq!(jumps, walks);
        prop_assert!(jumping.next_change(&playbook).is_none_or(|next| next > end));
    }
}

/// Evaluates at each hour's start on the person's clock.
fn every_hour(person: &mut Person, until: Millis) -> Vec<Change> {
    let playbook = playbook();
    let mut changes = Vec::new();
    let Some(_) = person.subject().hour() else { return changes };
    let mut next = person.next_hour(Millis(i64::MIN / 2));
    while next <= until {
        changes.extend(person.evaluate(&playbook, None, next));
        next = person.next_hour(next);
    }
    changes
}
