//! Every limit of the collector, in one place. Sizes are bytes; the wire limits are Segment's.

use std::time::Duration;

/// Of a batch's body: as it came, and once inflated.
pub const BODY_BYTES: usize = 500 * 1024;

/// Of one event as JSON text, as it came.
pub const EVENT_BYTES: usize = 32 * 1024;

/// Of one batch.
pub const BATCH_EVENTS: usize = 2_500;

/// Of a batch's shared `context`, counted once for each event that it is written into: without it a body within the
/// limit could ask for a gigabyte.
pub const SHARED_CONTEXT_BYTES: usize = BODY_BYTES;

/// Of a request to forget somebody. No id can be longer than the event that it is in.
pub const FORGET_BYTES: usize = EVENT_BYTES;

/// Of a short-lived token. Libraries' own are a tenth of it; what a host puts into one besides may be long.
pub const TOKEN_BYTES: usize = 4 * 1024;

/// A server says with each event to which account its user belongs. Where that is what is known, it is written down again
/// only after so long: else each event would cost a write more. What comes late can move somebody by as much.
pub const MEMBERSHIP_STEP_MS: i64 = 3_600_000;

/// By so much a client's clock may be ahead before the door corrects what it says: no message comes before it was sent. The
/// least that a wrong zone makes is an hour; nothing is to be near the limit, and now on this side, now on that.
pub const CLOCK_AHEAD_MS: i64 = 45 * 60_000;

/// Of what a page asks about its person: page loads, and how it sees them.
pub const SNAPSHOT_BYTES: usize = 64 * 1024;

/// Page loads that a page may ask about. Ours ask about the last hundred.
pub const SNAPSHOT_STREAMS: usize = 100;

/// Pieces of a page load that arrived. One that is torn to more has lost nearly everything, and is not told of.
pub const SNAPSHOT_RUNS: usize = 1_000;

/// Events that may wait to be folded where it is said which of a page's are. Beyond, the page is to ask later.
pub const SNAPSHOT_LAG: usize = 2_000;

/// How long a question about a person waits for what has arrived to be folded. A page waits for the answer for two seconds
/// with what it would show.
pub const SNAPSHOT_PATIENCE: Duration = Duration::from_millis(500);

/// Publications, the latest, whose nudges may still be on pages: those that a switch knows.
pub const PUBLICATIONS_ON_PAGES: usize = 50;

/// Events that are folded to find a person as of their last event, of an island that others may have gone on with. Where it
/// takes more, they are told as of now.
pub const SNAPSHOT_ANEW: i64 = 1_000;

/// Of a stream's id. Ours have 22 characters.
pub const STREAM_ID_BYTES: usize = 64;

/// Events of a page load, and losses of one reason, that are believed: twelve a second for a day. Anybody may send a
/// counter, and one of 2⁵³ would hide what else is missing of that day.
pub const STREAM_EVENTS: u64 = 1_000_000;

/// Of the name of a reason for a loss.
pub const REASON_BYTES: usize = 64;

/// Reasons of one kind that are kept for a stream.
pub const STREAM_REASONS: usize = 32;

/// Streams whose counters a batch may bring. A page forgets those of earlier page loads once a batch with them was
/// accepted, and where the collector cannot be reached for days there are many.
pub const STREAM_REPORTS: usize = BATCH_EVENTS;

/// Of a library's name, and of its version, by which delivery health is told apart.
pub const LIBRARY_BYTES: usize = 64;

/// Sources (library, version, browser) of a tenant and a day that are told apart: anybody may make some up. A release
/// or two of our library times the browsers in use are below a hundred.
pub const SOURCES_A_DAY: usize = 500;

/// Days of delivery health that are told where nobody says since when.
pub const HEALTH_DAYS_SHOWN: i64 = 30;

/// Days of delivery health that are kept: a year and some, to compare with the same week.
pub const HEALTH_DAYS: i64 = 400;

/// Events that one step of an erasure takes out: some tens of milliseconds in which others wait.
pub const ERASED_AT_ONCE: usize = 500;

/// How often it is looked whether anything is to be tidied up: events that are too old are a minute older then.
pub const HOUSEKEEPING_EVERY: Duration = Duration::from_secs(60);

/// So far does the housekeeping's time go on from one round to the next, whatever the clock says: one that is ahead for a
/// minute must not erase all that there is by age, nor if it is begun anew meanwhile. After a machine has slept, or the collector
/// was not running, it is sixty times as fast as time.
pub const HOUSEKEEPING_STEP_MS: i64 = 3_600_000;

/// Names (codes, reasons, classes) that one row of delivery health counts by.
pub const HEALTH_NAMES: usize = 64;

/// How much of a body that is too large is read and thrown away, so that the client gets to read the refusal
/// instead of a reset connection.
pub const DISCARDED_BYTES: usize = 8 * 1024 * 1024;

/// How long a body may take to arrive.
pub const BODY_DEADLINE: Duration = Duration::from_secs(30);

/// Members of a gzipped body. Who flushes a stream writes several; one of nothing has 20 bytes and costs as much to
/// begin as a large one, so a body of nothing else would take a hundred times what it takes to read it.
pub const GZIP_MEMBERS: usize = 64;

/// Requests that wait for the writer. More are told to come back.
pub const QUEUED_REQUESTS: usize = 1_024;

/// Of all bodies that are coming or wait to be stored. What is read of them takes about as much again. Together with
/// the connections this is what bounds memory.
pub const ROOM_BYTES: usize = 128 * 1024 * 1024;

/// Connections at a time; more wait in the system's queue until one is free. Less where the system allows fewer open files.
pub const CONNECTIONS: usize = 2_048;

/// Open files besides those of connections: the database, its log, what readers have open, the site's files.
pub const OTHER_FILES: usize = 64;

/// What a connection buffers of what it reads, at most: also the size of a request's head.
pub const CONNECTION_BYTES: usize = 64 * 1024;

/// How long the head of a request may take to arrive, and a connection may be idle between two: so who opens many and
/// says nothing does not keep them. Pages send more often, or open a new one.
pub const HEAD_DEADLINE: Duration = Duration::from_secs(15);

/// How long a client may take to read any of its answer.
pub const ANSWER_DEADLINE: Duration = Duration::from_secs(30);

/// Events (and whatever else takes as long to write) after which the writer stops taking more requests into the same
/// transaction.
pub const COMMIT_EVENTS: usize = 5_000;

/// How long a transaction waits for more batches, where the last one had at least [`COMMIT_SIBLINGS`] and there are fewer
/// by now (PostgreSQL's `commit_delay`): less than the disk takes, and a transaction of twice as many writes far less
/// than two.
pub const COMMIT_DELAY: Duration = Duration::from_millis(1);

/// Batches in the last transaction from which on the next one waits for as many. One client alone never waits.
pub const COMMIT_SIBLINGS: usize = 5;

/// What `Retry-After` says, in seconds. Clients add their own jitter.
pub const RETRY_AFTER_S: u32 = 2;

/// Batches that meet a defect of the collector one after the other, with none stored in between, until health says so: one
/// that meets it each time it is sent must not take the collector out of service.
pub const DEFECTS_IN_A_ROW: u64 = 3;

/// Requests to be forgotten of a tenant that are open: those that wait for the administrator, and as many that are
/// vouched for and wait for the next minute. Whoever has the write key can send some, and nobody looks through more.
pub const ERASURES_OPEN: usize = 10_000;

/// When somebody may ask again to be forgotten where so many are open, in seconds: an administrator has to look first.
pub const ERASURES_RETRY_S: u32 = 3_600;

/// Of the places in the queue one of so many may be of requests to be forgotten: pages that ask for it, all at once or
/// in malice, leave the rest to events.
pub const FORGET_PART: usize = 8;

/// Erasures that wait to be carried out at once. Of more the housekeeping takes care, within a minute.
pub const ERASURES_WAITING: usize = 16;

/// So long does an erasure wait at most while others of the same account are folded again after an earlier one, and would
/// have to begin anew: several times as long as the largest accounts take. Where the fold rests because of a defect it must
/// not wait for ever.
pub const ERASURE_MAY_WAIT_MS: i64 = 600_000;

/// Handles of the store that only read.
pub const READERS: usize = 4;

/// Exports at a time, of all tenants: whoever takes one reads for as long as their client takes to receive it, and pages
/// that ask about their person need handles, too. Of several tenants one has one.
pub const EXPORTS: usize = READERS / 2;

/// Pages that wait for a handle, of which one tenant of several has as many as are left.
pub const READS_WAITING: usize = 256;

/// How long a request waits for one of them.
pub const READER_DEADLINE: Duration = Duration::from_secs(5);

/// Health checks that wait for the writer at a time; more wait for these. Nobody needs a key to ask.
pub const HEALTH_CHECKS: usize = 2;

/// How long a health check waits for the writer.
pub const HEALTH_DEADLINE: Duration = Duration::from_secs(5);

/// How long requests that are under way may take after the signal to stop.
pub const DRAIN_DEADLINE: Duration = Duration::from_secs(10);

/// Of the database that who writes keeps in memory, in KiB: the index of ids is written to all over, and what falls out of
/// memory is read again for each event.
pub const CACHE_KIB: i64 = 64 * 1024;

/// Pages (of 4 KiB) of SQLite's write-ahead log after which they are moved to their places, which waits for the disk
/// twice. A page that was written often meanwhile is moved once: with SQLite's own 1,000, small transactions take twice as
/// long.
pub const WAL_PAGES: i64 = 8_000;

/// What is written to learn whether a disk that was full has room again. Of less there may be room, and still none for
/// events.
pub const TRIAL_BYTES: i64 = 128 * 1024;

/// Statements of SQL that are kept ready: more than there are. One that falls out is parsed anew each time, and a batch or a
/// step of the fold needs more than the 16 that rusqlite keeps.
pub const STATEMENTS: usize = 200;

/// Rows of the store that are held in memory at a time, where all of them are read.
pub const PAGE: usize = 1_000;

/// How long it takes at most until a running collector notices what the command line has changed: keys, tokens,
/// playbooks, killed nudges. It asks one row so often.
pub const DIRECTORY_AGE: Duration = Duration::from_secs(1);

/// Of the name of a token, or the note of a revision: a line for people.
pub const NAME_BYTES: usize = 200;

/// Of a write key that somebody chooses: it stands in every batch.
pub const WRITE_KEY_BYTES: usize = 100;

/// Tokens of a tenant that are worth something: all are in memory, and nobody needs more.
pub const TOKENS: usize = 1_000;

/// How long a token that was rotated stays valid beside the new one, where nobody says otherwise: a day to bring the
/// new one everywhere.
pub const TOKEN_OVERLAP: Duration = Duration::from_secs(24 * 3600);

/// And at the longest. Who needs more makes a second token.
pub const LONGEST_OVERLAP: Duration = Duration::from_secs(30 * 24 * 3600);

/// Of a playbook's text. Ten thousand definitions of some length; who writes by hand has a fiftieth of that.
pub const PLAYBOOK_BYTES: usize = 4 * 1024 * 1024;

/// How long, in seconds, a browser and what is between may use which playbook is published without asking anew, and for
/// how long they may use it while they ask. Pages of ours ask at each page load whatever this says.
pub const PLAYBOOK_MAX_AGE_S: u32 = 30;
/// The second of the two.
pub const PLAYBOOK_STALE_S: u32 = 24 * 3600;

/// How long, in seconds, an answer to which nudges are off may be used. Pages ask before they show one and then each 40
/// seconds, so that with this none is shown a minute after it was killed.
pub const KILLED_MAX_AGE_S: u32 = 15;

/// Of a request of an administrator, but for playbooks.
pub const ADMIN_BYTES: usize = 64 * 1024;
/// Pages of the database that each handle of the store holds in memory at most, in KiB.
pub const SQLITE_CACHE_KIB: i64 = 32 * 1024;

/// Events of a tenant that are folded in one transaction: what is read and folded meanwhile is in memory.
pub const FOLD_EVENTS: usize = 2_500;

/// The same of `rebuild`, which nobody waits for: an island is read and written once for all of its events among these.
/// Two hundred megabytes of memory.
pub const FOLD_REBUILD_EVENTS: usize = 150_000;

/// Events of the log that are surveyed at a time, where all of it is to be folded: of each it is remembered where it is.
/// And ids that they may name until then, each with who it first turned out to be. Two to three hundred megabytes
/// for both.
pub const FOLD_SURVEY_EVENTS: usize = 2_000_000;
/// The second of the two.
pub const FOLD_SURVEY_NAMES: usize = 300_000;

/// Islands that time is let pass for in one transaction.
pub const FOLD_ISLANDS: usize = 500;

/// Events and ids that islands may have whose turn it is in one transaction, together; more than that only a single one.
pub const FOLD_ISLANDS_SIZE: i64 = 50_000;

/// Places of events that are held in memory where an island is folded anew: some 20 MB. Of a larger one they are read in
/// stretches.
pub const FOLD_HISTORY_PLACES: usize = 200_000;

/// Events of an island that are read at once where it is folded anew; of a larger one first their places. And the bytes
/// of their texts, beyond which they are read one by one: the fold holds them, and each of those that read.
pub const FOLD_PAST_EVENTS: usize = 10_000;
/// The second of the two.
pub const FOLD_PAST_BYTES: usize = 16 * 1024 * 1024;

/// How long after an hour has begun, and after its last event, an island lets time pass: most events that happened
/// before the hour have come by then, and need not be folded as late ones.
pub const FOLD_GRACE_MS: i64 = 10_000;

/// How long the fold sleeps at most where nothing arrives.
pub const FOLD_PATIENCE: Duration = Duration::from_secs(1);

/// How long the fold leaves a tenant alone at most, whose events meet a defect of it again and again.
pub const FOLD_LONGEST_REST: Duration = Duration::from_secs(300);

/// A step of the fold that takes longer is logged, with how large it was: others wait for it.
pub const FOLD_SLOW: Duration = Duration::from_secs(5);

/// A state up to this size is written after every step.
pub const FOLD_SMALL_STATE_BYTES: usize = 64 * 1024;

/// A larger one is written once as many events have come that it is so many bytes for each of them: writing costs no
/// more than folding.
pub const FOLD_STATE_BYTES_AN_EVENT: usize = 256;

/// States of an island that are kept, of different ages.
pub const FOLD_CHECKPOINTS: usize = 12;

/// Islands with their newest states that the fold holds in memory, of which at least half stays: about a kilobyte for each
/// person who is active. Where there is less room than they need, each step reads again what it goes on from.
pub const FOLD_HEADS_BYTES: usize = 512 * 1024 * 1024;

/// Ids of whom the fold remembers which island they belong to, of which at least half stays: 300,000 and more.
pub const FOLD_NAMES_BYTES: usize = 64 * 1024 * 1024;

// What our own pages send is always taken.
const _: () = {
    let pages = ripen::delivery::Limits::DEFAULT;
    assert!(pages.event_bytes as usize <= EVENT_BYTES);
    assert!(pages.batch_events <= BATCH_EVENTS);
    assert!(pages.batch_bytes as usize <= BODY_BYTES);
};
