//! The persons who use one browser: who is in front of it now, what comes late, and the snapshot of them all.

mod adopt;
mod catch_up;
mod difference;
mod past;
mod people;

use super::account_view::AccountView;
use super::adopt::{Layout, adopt, adopt_account, settle};
use super::change::{Change, fired};
use super::event::Event;
use super::nudge::{Decision, Occasion, Surroundings, Who, decide};
use super::person::Person;
use super::playbook::Playbook;
use super::sight::Sight;
use super::time::{Hour, Millis, Offset};
use super::wire::{Wire, read_all, read_head, wire_struct};
pub use catch_up::CaughtUp;
use difference::differences;
pub use past::Past;
use people::People;

/// So many of the latest events are kept at least: what comes late is put in its place among them, and folded anew.
const WITHIN_REACH: usize = 500;
const MAGIC: u8 = 0xA9;
/// Version of a snapshot; it changes whenever a type that is reachable from [`Device`] does.
const FORMAT: u8 = 4;

/// The state of one browser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Device {
    people: People,
    /// The person in front of the browser.
    present: String,
    /// How far time has been let pass.
    now: Option<Millis>,
    /// The latest events of this page load, in order, and everybody before them.
    log: Vec<Event>,
    /// In binary, since it is seldom looked at: so a page has no code that copies people.
    before: Vec<u8>,
    /// The time and id of the last event that is among those before.
    cut: Option<(Millis, String)>,
    late: u32,
}

/// What folding an event or letting time pass did to the person in front of the browser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// Changes of the view, and the nudges that have reached their goals.
    pub changes: Vec<Change>,
    /// If it was the edge of a nudge.
    pub decision: Option<Decision>,
}

impl Device {
    /// Says who is in front of the browser: a user's id, or an anonymous one.
    pub fn set_present(&mut self, person: &str) {
        self.present = self.people.resolve(person).to_owned();
    }

    /// The id of the person in front of the browser.
    pub fn present(&self) -> &str {
        &self.present
    }

    /// The state of the person in front of the browser; none before their first event.
    pub fn person(&self) -> Option<&Person> {
        self.people.person(&self.present)
    }

    /// The account of that person.
    pub fn account(&self) -> Option<&AccountView> {
        self.people.account(self.person()?.account()?)
    }

    /// What that person's view shows.
    pub fn sight<'a>(&'a self, playbook: &'a Playbook, now: Millis) -> Option<Sight<'a>> {
        Some(self.person()?.sight(playbook, self.account(), now))
    }

    /// Events that came so late that they could not be put in their place any more: they were folded as if they had
    /// happened when they came (a clock that was set back by a year must not end everything), until the collector's
    /// snapshot puts that right.
    pub fn late(&self) -> u32 {
        self.late
    }

    /// The person in front of the browser, as a decision has them; none before their first event.
    pub fn who(&self) -> Option<Who<'_>> {
        Some(Who { id: &self.present, person: self.person()?, account: self.account() })
    }

    /// Whoever was active last, likewise.
    pub fn last(&self) -> Option<Who<'_>> {
        let (id, person) = self.people.persons.last()?;
        Some(Who { id, person, account: self.people.account(person.account().unwrap_or_default()) })
    }

    /// Folds an event: once, and in its place in time, whenever it arrives. With surroundings (those
    /// [at](Surroundings::at) the event), the arbiter decides; edges are the event, the moments that fired with it, and
    /// what else the occasion says.
    pub fn fold(
        &mut self,
        playbook: &Playbook,
        event: &Event,
        at: Option<(&Occasion<'_>, &Surroundings)>,
    ) -> Step {
        if self.knows(event) {
            return Step::default();
        }
        let place = self.place(event);
        let is_next = place == self.log.len() && !self.has_passed(event);
        let is_late = self.is_late(event);
        self.now = self.now.max(Some(event.time));
        if is_late {
            self.late = self.late.saturating_add(1);
            self.put_before(playbook, std::slice::from_ref(event));
        } else {
            self.log.insert(place, event.clone());
        }
        let changes =
            if is_next && !is_late { self.go_on(playbook, event) } else { self.fold_anew(playbook) };
        self.let_go(playbook);
        if self.people.resolve(event.person()) != self.present {
            return Step::default();
        }
        let decision =
            at.and_then(|(occasion, here)| self.decide_at(playbook, event, &changes, occasion, here));
        Step { changes, decision }
    }

    /// Decides at an event that has been folded, which did these changes; nothing if it is another person's.
    pub fn decide_at(
        &self,
        playbook: &Playbook,
        event: &Event,
        changes: &[Change],
        occasion: &Occasion<'_>,
        here: &Surroundings,
    ) -> Option<Decision> {
        if self.people.resolve(event.person()) != self.present {
            return None;
        }
        let fired = fired(changes, event.time);
        let occasion = Occasion { event: Some(event), fired: &fired, ..*occasion };
        decide(playbook, self.who()?, &occasion, here, event.time)
    }

    /// Whether an event is of an hour that is over: time was let pass while it was on its way. To go on would be to count
    /// it in the hour that has begun since.
    fn has_passed(&self, event: &Event) -> bool {
        let offset = self.person().map_or(Offset::UTC, |person| person.subject().clock().offset());
        self.now.is_some_and(|now| Hour::at(event.time, offset) < Hour::at(now, offset))
    }

    /// Where in the log an event belongs.
    fn place(&self, event: &Event) -> usize {
        place(&self.log, event)
    }

    /// Whether it belongs before what can be folded anew.
    fn is_late(&self, event: &Event) -> bool {
        self.cut.as_ref().is_some_and(|(time, id)| precedes((event.time, &event.id), (*time, id)))
    }

    /// Whether an event is in the log, or the last that was before it.
    fn knows(&self, event: &Event) -> bool {
        self.log.get(self.place(event)).is_some_and(|known| known.id == event.id)
            || self.cut.as_ref().is_some_and(|(_, id)| *id == event.id)
    }

    /// Decides about the person in front of the browser where there is no event: at an element that comes into view, a
    /// call of the host, a moment that fired by time alone.
    pub fn decide(
        &self,
        playbook: &Playbook,
        occasion: &Occasion<'_>,
        here: &Surroundings,
        now: Millis,
    ) -> Option<Decision> {
        decide(playbook, self.who()?, occasion, here, now)
    }

    /// Folds the last event of the log.
    fn go_on(&mut self, playbook: &Playbook, event: &Event) -> Vec<Change> {
        let was_present = event.joins().iter().any(|(anonymous, _)| *anonymous == self.present);
        let entangled = self.people.join(event, false);
        if was_present {
            self.set_present(&self.present.clone());
        }
        match entangled {
            None => self.people.fold(playbook, event),
            Some(_) => self.fold_anew(playbook),
        }
    }

    /// Folds the whole log anew: an event came late, or after its hour was over, or two histories turned out to be one
    /// person's.
    fn fold_anew(&mut self, playbook: &Playbook) -> Vec<Change> {
        let mut people = self.people_before();
        for event in &self.log {
            people.join(event, true);
        }
        for event in &self.log {
            people.join(event, false);
            people.fold(playbook, event);
        }
        let old = std::mem::replace(&mut self.people, people);
        let now = self.now.unwrap_or(Millis(0));
        self.advance(playbook, now);
        match (old.person(&self.present), self.person()) {
            (Some(old), Some(new)) => differences(old, new, now),
            _ => Vec::new(),
        }
    }

    /// Keeps the log short: what is beyond reach becomes part of what was before.
    fn let_go(&mut self, playbook: &Playbook) {
        if self.log.len() < 2 * WITHIN_REACH {
            return;
        }
        let recent = self.log.split_off(self.log.len().saturating_sub(WITHIN_REACH));
        let old = std::mem::replace(&mut self.log, recent);
        self.cut = old.last().map(|event| (event.time, event.id.clone()));
        self.put_before(playbook, &old);
    }

    /// Folds events that are not in the log, nor will be.
    fn put_before(&mut self, playbook: &Playbook, events: &[Event]) {
        let mut people = self.people_before();
        for event in events.iter().chain(&self.log) {
            people.join(event, true);
        }
        for event in events {
            people.join(event, false);
            people.fold(playbook, event);
        }
        self.before.clear();
        people.write(&mut self.before);
    }

    fn people_before(&self) -> People {
        read_all(&self.before).unwrap_or_default()
    }

    /// Lets time pass for the person in front of the browser.
    pub fn advance(&mut self, playbook: &Playbook, now: Millis) -> Vec<Change> {
        self.now = self.now.max(Some(now));
        let People { persons, accounts, .. } = &mut self.people;
        let Some((_, person)) = persons.iter_mut().find(|(id, _)| *id == self.present) else {
            return Vec::new();
        };
        let account = person.account().and_then(|account| people::find(accounts, account));
        let changes = person.advance(playbook, account, now);
        people::note_conversions(playbook, accounts, person, &changes);
        changes
    }

    /// When letting time pass could next change anything.
    pub fn next_change(&self, playbook: &Playbook) -> Option<Millis> {
        self.person()?.next_change(playbook)
    }

    /// Everything, to go on from at the next page load.
    pub fn snapshot(&self, playbook: &Playbook) -> Vec<u8> {
        let mut bytes = vec![MAGIC, FORMAT];
        playbook.revision.write(&mut bytes);
        Layout::of(playbook).write(&mut bytes);
        self.people.write(&mut bytes);
        self.present.write(&mut bytes);
        let last = self.log.last().map(|event| (event.time, event.id.clone()));
        last.or_else(|| self.cut.clone()).write(&mut bytes);
        bytes
    }

    /// The snapshot from which a browser goes on for somebody whom the collector knows: the person, the account as the
    /// person sees it, and the last event that is folded.
    #[cfg(feature = "compiler")]
    pub fn snapshot_of(
        playbook: &Playbook,
        id: &str,
        person: &Person,
        account: Option<(&str, &AccountView)>,
        last: Option<(Millis, String)>,
    ) -> Vec<u8> {
        let persons = vec![(id.to_owned(), person.clone())];
        let accounts = account.map(|(id, view)| (id.to_owned(), view.clone())).into_iter().collect();
        let mut device = Device { present: id.to_owned(), cut: last, ..Device::default() };
        (device.people.persons, device.people.accounts) = (persons, accounts);
        device.snapshot(playbook)
    }

    /// Whether a snapshot is of another playbook: then signals that are new want a [`Past`].
    pub fn is_of_another(playbook: &Playbook, snapshot: &[u8]) -> bool {
        !matches!(snapshot, [MAGIC, FORMAT, rest @ ..] if read_head::<u64>(rest) == playbook.revision)
    }

    /// Goes on from a snapshot, perhaps under another playbook: then nothing is reported because a definition is new,
    /// and new signals begin with what the past says. None if the bytes are damaged or of another version.
    pub fn restore(playbook: &Playbook, snapshot: &[u8], past: Past<'_>) -> Option<Device> {
        let [MAGIC, FORMAT, rest @ ..] = snapshot else { return None };
        let Snapshot { revision, layout, mut people, present, cut } = read_all(rest)?;
        if revision != playbook.revision {
            let new = Layout::of(playbook);
            for (_, account) in &mut people.accounts {
                adopt_account(account, &layout, &new);
            }
            let history = past.fold(playbook);
            for (id, person) in &mut people.persons {
                let begun = adopt(person, &layout, &new, playbook);
                past.fill_in(person, &begun, history.person(id));
                let account = person.account().and_then(|account| people::find(&people.accounts, account));
                settle(&mut person.subject, account, playbook);
            }
        }
        let mut device = Device { people, present, cut, ..Device::default() };
        device.people.write(&mut device.before);
        Some(device)
    }
}

/// Where an event belongs in a list that is in order.
fn place(log: &[Event], event: &Event) -> usize {
    log.partition_point(|known| precedes((known.time, &known.id), (event.time, &event.id)))
}

/// The order of events.
fn precedes(one: (Millis, &str), other: (Millis, &str)) -> bool {
    one < other
}

/// What a snapshot says, after its head.
struct Snapshot {
    revision: u64,
    layout: Layout,
    people: People,
    present: String,
    cut: Option<(Millis, String)>,
}

wire_struct!(Snapshot { revision, layout, people, present, cut });
