//! An island's state as it was: from the newest one that is kept, and the events since.

use ripen::engine::{Event, Kind, Playbook, Value};
use ripen::fold::{Island, Key};
use ripen::replay::read_event;

use super::checkpoints::is_from_the_beginning_due;
use super::heads::Heads;
use super::history::{History, Stretch};
use crate::clock::Millis;
use crate::identity::{Trust, Verdict};
use crate::limits::{FOLD_PAST_BYTES, FOLD_PAST_EVENTS};
use crate::store::{Checkpoint, IslandRow, Join, Logged, NewState, StateId, Store, StoreError};

/// The event in a line of the log; none if it belongs to nobody.
pub(super) fn event_of(logged: &Logged) -> Option<Event> {
    let mut event = read_event(logged.message.as_bytes())?;
    let Verdict { trust, outsider } = Verdict::numbered(logged.trust).unwrap_or_default();
    match trust {
        Trust::Refused => (event.user, event.previous) = (None, None),
        Trust::Stranger => return None,
        _ => {}
    }
    if outsider {
        (event.group, event.context_group) = (None, None);
        if event.kind == Kind::Group {
            // They are of the account that it may not name, and would be taken for traits of its person's own.
            event.traits = Value::Null;
        }
    }
    (event.user.is_some() || event.anonymous.is_some()).then_some(event)
}

/// Where an event is in the order of all.
pub(super) fn key_of(event: &Event) -> Key {
    (event.time, event.id.clone())
}

/// The island as the last commit left it. What it reports on the way was reported then, unless it is said to be unreported.
/// A clock that was ahead at that time has made nobody older than they are now.
pub(super) fn newest<'p>(
    store: &mut dyn Store,
    playbook: &'p Playbook,
    row: &IslandRow,
    joins: &[Join],
    mut heads: Option<&mut Heads>,
    now: Millis,
) -> Result<Island<'p>, StoreError> {
    let held = heads.as_mut().and_then(|heads| Island::read(playbook, heads.state(row.id, row.events)?));
    let is_of_now =
        |island: &Island<'_>| island.last().is_none_or(|last| !is_ahead(last, island.turned(), now));
    let mut island = match held.filter(is_of_now) {
        Some(mut island) => {
            foresee(&mut island, joins);
            island
        }
        None => {
            let (mut island, known) = kept(store, playbook, row, joins, |checkpoint| {
                !is_ahead(&checkpoint.last, Some(checkpoint.turned), now)
            })?;
            if known < row.events {
                // Whoever folds all of a large island keeps older states too, for what comes late.
                let is_all = heads.is_some() && known == 0 && row.gone.is_none();
                let mut states = Vec::new();
                go_on(store, &mut island, row, known, None, &mut |island, folded| {
                    if is_all && is_from_the_beginning_due(row.events, row.events - folded) {
                        states.extend(state_of(island, folded));
                    }
                })?;
                if let Some(heads) = heads {
                    heads.come_by(row.id, states);
                }
            }
            island
        }
    };
    if let Some(passed) = row.passed {
        island.pass(passed.min(now));
    }
    if !row.unreported {
        forget_news(&mut island);
    }
    Ok(island)
}

/// Whether time alone has come further than now, and than the last event.
pub(super) fn is_ahead(last: &Key, turned: Option<Millis>, now: Millis) -> bool {
    turned > Some(now.max(last.0))
}

/// The island as it was just before an event of this key, and how many events it had; where the log no longer has what
/// was before, as it was as soon after as is known.
pub(super) fn before<'p>(
    store: &mut dyn Store,
    playbook: &'p Playbook,
    row: &IslandRow,
    joins: &[Join],
    key: &Key,
) -> Result<(Island<'p>, i64), StoreError> {
    let is_before = |checkpoint: &Checkpoint| checkpoint.last < *key && checkpoint.turned <= key.0;
    let (mut island, known) = kept(store, playbook, row, joins, is_before)?;
    let since = go_on(store, &mut island, row, known, Some(key), &mut |_, _| {})?;
    Ok((island, known + since))
}

/// The island just after an event of its, before time alone has made anything more of anybody. None where the log no longer
/// has what is needed, or more than so many events would have to be folded for it.
pub(super) fn just_after<'p>(
    store: &mut dyn Store,
    playbook: &'p Playbook,
    row: &IslandRow,
    joins: &[Join],
    key: &Key,
    most: i64,
) -> Result<Option<Island<'p>>, StoreError> {
    let is_before = |checkpoint: &Checkpoint| checkpoint.last <= *key && checkpoint.turned <= key.0;
    let (mut island, known) = kept(store, playbook, row, joins, is_before)?;
    if row.events - known > most {
        return Ok(None);
    }
    let (time, id) = key;
    // The next key that there can be.
    let next = (*time, format!("{id}\0"));
    go_on(store, &mut island, row, known, Some(&next), &mut |_, _| {})?;
    Ok(Some(island).filter(|island| island.last() == Some(key) && island.turned() == Some(*time)))
}

/// The newest state that is kept, is fit and can be read. Else the one before the first event; or, where the log no longer
/// has the first events, the oldest state that has all that is gone.
fn kept<'p>(
    store: &mut dyn Store,
    playbook: &'p Playbook,
    row: &IslandRow,
    joins: &[Join],
    is_fit: impl Fn(&Checkpoint) -> bool,
) -> Result<(Island<'p>, i64), StoreError> {
    let mut checkpoints = store.folds().checkpoints(row.id)?;
    let all = checkpoints.clone();
    checkpoints.retain(|checkpoint| checkpoint.has_what_is_gone(row.gone));
    if checkpoints.is_empty() {
        // Nothing else has what is gone: retention waits for a newest state that has. (Another may be gone: somebody is
        // being erased, or it was folded by another playbook.)
        checkpoints.extend(all.into_iter().next());
    }
    let (fit, mut unfit): (Vec<_>, Vec<_>) = checkpoints.into_iter().partition(is_fit);
    unfit.retain(|_| row.gone.is_some());
    for checkpoint in fit.iter().chain(unfit.iter().rev()) {
        // Of another playbook, or of another version: there is nothing else to be had from it.
        let state = store.folds().state(checkpoint.id)?;
        if let Some(mut island) = Island::read(playbook, &state) {
            foresee(&mut island, joins);
            return Ok((island, checkpoint.events));
        }
    }
    let mut island = Island::new(playbook);
    foresee(&mut island, joins);
    Ok((island, 0))
}

/// Folds what came after the island's last event, of so many that it has, and before another. Says how much that was, and
/// on the way what came of so much of it.
fn go_on(
    store: &mut dyn Store,
    island: &mut Island<'_>,
    row: &IslandRow,
    known: i64,
    before: Option<&Key>,
    came_to: &mut dyn FnMut(&Island<'_>, i64),
) -> Result<i64, StoreError> {
    // As it was once it was told of long ago.
    let is_news = row.unreported && before.is_none();
    let after = island.last().cloned();
    let since = after.as_ref().map_or(Millis(i64::MIN), |(time, _)| *time);
    let mut folded = 0;
    let mut take = |logged: Option<&Logged>| {
        if let Some(event) = logged.and_then(event_of) {
            island.fold(&event);
        }
        // One at a time, so that years of a large account's news are not gathered.
        if !is_news {
            forget_news(island);
        }
        folded += 1;
        came_to(island, folded);
    };
    // An event of the very instant may be before, too.
    let until = before.map(|(time, _)| Millis(time.0.saturating_add(1)));
    let most = FOLD_PAST_EVENTS;
    let mut is_little = usize::try_from(row.events - known).is_ok_and(|rest| rest <= most);
    if !is_little && before.is_some() {
        is_little = store.folds().events_of(row.id, since, until, most + 1)? <= most;
    }
    let past =
        if is_little { store.folds().past(row.id, since, until, most, FOLD_PAST_BYTES)? } else { None };
    if let Some(past) = past {
        let is_asked_for = |key: &Key| {
            after.as_ref().is_none_or(|after| key > after) && before.is_none_or(|before| key < before)
        };
        let mut past: Vec<(Key, Logged)> = past.into_iter().filter(|(key, _)| is_asked_for(key)).collect();
        past.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        past.iter().for_each(|(_, logged)| take(Some(logged)));
        return Ok(folded);
    }
    let mut history = History::of(vec![(row.id, after)], since, before.cloned());
    while let Some(Stretch { places, .. }) = history.stretch(store)? {
        for place in places {
            take(store.folds().event(place.position)?.as_ref());
        }
    }
    Ok(folded)
}

/// A state to be kept of an island that has so many events.
pub(super) fn state_of(island: &Island<'_>, events: i64) -> Option<NewState> {
    let (last, turned) = (island.last()?.clone(), island.turned()?);
    // Numbered once it is known which are kept.
    Some(NewState { id: StateId(0), events, last, turned, state: island.write() })
}

pub(super) fn foresee(island: &mut Island<'_>, joins: &[Join]) {
    for join in joins {
        island.foresee(&join.anonymous, join.key.clone(), &join.user);
    }
}

pub(super) fn forget_news(island: &mut Island<'_>) {
    island.take_changes();
    island.take_sightings();
}
