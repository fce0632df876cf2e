//! What every store keeps to. A new one is added to the list at the end, and nothing else is written for it.

mod access;
mod erasures;
mod folds;
mod health;
mod identities;
mod leads;
mod members;
mod personal;
mod playbooks;
mod retention;
mod streams;

use ripen_collector::clock::Millis;
use ripen_collector::store::{Appended, Batch, Entry, Position, SqliteStore, Store, TenantId};
use tempfile::TempDir;

use access::*;
use erasures::*;
use folds::*;
use health::*;
use identities::*;
use leads::*;
use members::*;
use personal::*;
use playbooks::*;
use retention::*;
use streams::*;

/// Where a store is: opened twice, it is the same one.
trait Place {
    fn open(&self) -> Box<dyn Store>;
}

impl Place for TempDir {
    fn open(&self) -> Box<dyn Store> {
        Box::new(SqliteStore::open(&self.path().join("ripen.db")).unwrap())
    }
}

fn entry(message_id: &str, message: &str) -> Entry {
    Entry {
        message_id: message_id.to_owned(),
        user_id: Some("u".to_owned()),
        anonymous_id: None,
        happened: Millis(-5),
        message: message.to_owned(),
    }
}

fn batch(tenant: TenantId, message_ids: &[&str]) -> Batch {
    let entries = message_ids.iter().map(|id| entry(id, "{}")).collect();
    Batch { entries, ..Batch::new(tenant, Millis(7)) }
}

fn ids(store: &mut dyn Store, tenant: TenantId) -> Vec<String> {
    let log = store.log().read(tenant, Position::START, usize::MAX).unwrap();
    log.into_iter().map(|event| event.entry.message_id).collect()
}

fn appended(accepted: u64, duplicates: u64) -> Appended {
    Appended { accepted, duplicates }
}

fn c06_a_message_id_is_stored_once_and_the_first_one_wins(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let first = Batch { entries: vec![entry("a", "1"), entry("a", "2")], ..batch(tenant, &[]) };
    let second = Batch { entries: vec![entry("b", "3"), entry("a", "4")], ..batch(tenant, &[]) };
    assert_eq!(store.log().append(&[first.clone(), second]).unwrap(), [appended(1, 1), appended(1, 1)]);
    assert_eq!(store.log().append(&[first]).unwrap(), [appended(0, 2)]);
    let log = store.log().read(tenant, Position::START, 10).unwrap();
    assert_eq!(log.iter().map(|event| event.entry.message.as_str()).collect::<Vec<_>>(), ["1", "3"]);
}

fn tenants_do_not_see_each_other(place: &dyn Place) {
    let mut store = place.open();
    let (one, two) = (store.directory().tenant("one").unwrap(), store.directory().tenant("two").unwrap());
    assert_ne!(one, two);
    assert_eq!(store.directory().tenant("one").unwrap(), one);
    let both = [batch(one, &["a", "b"]), batch(two, &["b", "c"])];
    assert_eq!(store.log().append(&both).unwrap(), [appended(2, 0), appended(2, 0)]);
    assert_eq!(
        (ids(&mut *store, one), ids(&mut *store, two)),
        (vec!["a".into(), "b".into()], vec!["b".into(), "c".into()])
    );
    assert_eq!(store.directory().tenants().unwrap(), [("one".to_owned(), one), ("two".to_owned(), two)]);
}

fn pages_follow_the_order_of_receipt(place: &dyn Place) {
    let mut store = place.open();
    let (tenant, other) =
        (store.directory().tenant("k").unwrap(), store.directory().tenant("other").unwrap());
    store.log().append(&[batch(tenant, &["z", "m"]), batch(other, &["x"]), batch(tenant, &["a"])]).unwrap();
    store.log().append(&[batch(tenant, &["k"])]).unwrap();
    let (mut seen, mut after) = (Vec::new(), Position::START);
    while let Some(event) = store.log().read(tenant, after, 1).unwrap().pop() {
        assert!(event.position > after);
        after = event.position;
        seen.push(event.entry.message_id);
    }
    assert_eq!(seen, ["z", "m", "a", "k"]);
}

fn what_was_appended_is_there_when_it_is_opened_again(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    store.log().append(&[batch(tenant, &["a"])]).unwrap();
    store.close().unwrap();
    let mut store = place.open();
    assert_eq!(store.directory().tenant("k").unwrap(), tenant);
    assert_eq!(store.log().append(&[batch(tenant, &["a", "b"])]).unwrap(), [appended(1, 1)]);
    assert_eq!((ids(&mut *store, tenant), store.check().unwrap()), (vec!["a".into(), "b".into()], 2));
}

fn every_field_comes_back_and_ids_are_told_apart_byte_by_byte(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let strange = ["a", "A", "a ", "a\0b", "a\0c", "\u{e9}", "e\u{301}", "1", "01", "😀"];
    let entries: Vec<Entry> =
        strange.iter().map(|id| entry(id, "{\"x\":1.50,  \"y\":\"é\\u0000\"}")).collect();
    let anonymous = Entry { user_id: None, anonymous_id: Some("v".to_owned()), ..entry("n", "{}") };
    let all: Vec<Entry> = entries.into_iter().chain([anonymous]).collect();
    store.log().append(&[Batch { entries: all.clone(), ..batch(tenant, &[]) }]).unwrap();
    let log = store.log().read(tenant, Position::START, 100).unwrap();
    assert!(log.iter().all(|event| event.received == Millis(7)));
    assert_eq!(log.into_iter().map(|event| event.entry).collect::<Vec<_>>(), all);
}

fn a_transaction_that_fails_leaves_nothing_and_the_next_one_works(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    assert!(store.log().append(&[batch(tenant, &["a"]), batch(TenantId(999), &["b"])]).is_err());
    assert_eq!((ids(&mut *store, tenant), store.check().unwrap()), (vec![], 0));
    assert_eq!(store.log().append(&[batch(tenant, &["a"])]).unwrap(), [appended(1, 0)]);
    assert_eq!(store.check().unwrap(), 1);
}

macro_rules! contract {
    ($($store:ident: $place:expr),*; $laws:tt) => { $(mod $store { contract!(@ $place; $laws); })* };
    (@ $place:expr; [$($law:ident),* $(,)?]) => { $(#[test] fn $law() { super::$law(&$place); })* };
}

contract!(
    sqlite: tempfile::tempdir().unwrap();
    [
        c06_a_message_id_is_stored_once_and_the_first_one_wins,
        tenants_do_not_see_each_other,
        pages_follow_the_order_of_receipt,
        what_was_appended_is_there_when_it_is_opened_again,
        every_field_comes_back_and_ids_are_told_apart_byte_by_byte,
        a_transaction_that_fails_leaves_nothing_and_the_next_one_works,
        c05_of_a_streams_counters_the_largest_hold_in_any_order,
        c06_a_sequence_arrives_once_also_by_an_event_that_was_there_before,
        c06_sequences_that_come_in_any_order_again_and_again_are_counted_once,
        streams_of_one_name_at_two_tenants_are_two,
        pages_of_streams_follow_the_order_of_their_ids,
        a_transaction_that_fails_hears_nothing,
        what_is_kept_of_a_stream_is_bounded,
        c43_the_same_ids_are_one_request_as_long_as_it_is_open,
        c43_requests_are_listed_by_tenant_in_order_of_receipt,
        c43_requests_that_fail_leave_nothing,
        c43_what_somebody_made_up_is_dismissed_and_makes_room,
        c43_as_many_are_open_as_may_be_and_who_is_vouched_for_is_counted_apart,
        a_lead_is_kept_once_and_the_best_of_a_month_are_found,
        an_open_lead_is_that_of_its_person_and_of_its_account_until_it_is_closed,
        a_token_is_there_until_it_ends_and_ends_once,
        nobody_ends_or_replaces_anothers_token,
        a_token_is_replaced_by_one_of_its_kind_and_name_and_not_once_it_has_ended,
        a_write_key_belongs_to_one_tenant_and_a_tenant_may_have_several,
        what_is_done_stands_in_the_audit_log_in_order_and_by_tenant,
        the_version_grows_with_what_a_running_collector_has_to_know,
        revisions_are_counted_by_tenant_and_never_change,
        what_is_published_is_the_last_of_which_nobody_was_overtaken,
        there_is_one_draft_and_it_ends,
        a_nudge_is_switched_off_and_on_by_tenant,
        c05_requests_are_counted_by_day_source_and_way,
        c05_what_comes_late_is_no_longer_missing_of_the_day_its_page_load_began,
        made_up_sources_are_told_apart_up_to_a_bound,
        c43_a_person_is_found_by_any_id,
        c43_of_who_is_erased_nothing_remains_but_a_receipt,
        c43_what_was_erased_does_not_come_back_by_being_sent_again,
        c43_what_comes_while_somebody_is_erased_goes_with_it,
        c43_who_was_folded_with_the_erased_is_folded_anew_without_them,
        events_are_erased_by_age_in_short_steps,
        an_island_is_torn_by_what_it_had_folded_and_by_nothing_else,
        what_goes_by_age_ends_the_step_that_may_have_read_it,
        what_is_not_folded_yet_is_not_erased,
        c06_an_event_of_a_clock_that_was_ahead_does_not_come_back,
        a_clock_that_was_ahead_once_does_not_end_retention,
        c43_whose_events_went_by_age_is_exported_and_erased_all_the_same,
        c43_nobody_has_another_users_leads_erased_by_joining_them,
        c43_an_erased_island_leaves_no_row,
        c43_what_another_user_said_of_the_erased_goes_with_them,
        c43_who_is_a_user_by_somebodys_word_alone_is_nobodys_browser,
        without_a_secret_everybody_is_who_they_say,
        who_is_signed_once_is_named_by_nobody_else,
        what_is_left_out_as_a_duplicate_vouches_for_nobody,
        secrets_are_rotated_one_beside_the_other,
        an_account_is_anybodys_until_a_member_is_vouched_for_and_then_its_members,
        without_a_secret_accounts_are_anybodys,
        what_comes_late_does_not_move_anybody_back,
        who_belongs_where_hangs_on_the_order_of_the_log_and_not_on_its_batches,
        c43_a_membership_goes_with_its_user,
        a_step_of_the_fold_is_kept_as_a_whole_with_its_progress,
    who_is_surveyed_waits_for_a_state_until_there_is_one,
        a_step_after_another_turn_than_it_was_made_at_is_not_kept,
        a_step_that_fails_leaves_nothing,
        islands_that_turn_out_to_be_one_are_one,
        what_is_unfolded_is_forgotten_but_for_what_was_reported_and_others_keep_theirs,
    ]
);
