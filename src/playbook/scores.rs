//! Scores: points for each condition that holds, and the bands that they fall into.

use crate::engine::{Index, Owner, Scope, Score, millionths};

use super::compile::{Draft, is_id};
use super::condition::{self, Reach};
use super::fields::{Fields, Names};
use super::known::{Known, add};
use super::possible;
use super::signals::scope;
use super::source::{Node, Source};

pub(in crate::playbook) const NAMES: Names = Names::of(&["points", "bands", "scope"]);
pub(in crate::playbook) const POINT: Names = Names::of(&["when", "add"]);
/// Positions of bands are bytes; nobody adds up more points than this.
pub(in crate::playbook) const MOST_BANDS: usize = 100;
pub(in crate::playbook) const MOST_POINTS: usize = 1_000;

pub(super) fn read(source: &Source<'_>, draft: &mut Draft<'_>, id: &str, node: Node<'_>) -> Option<()> {
    let fields = Fields::read(source, node, "a score", &NAMES)?;
    let scope = scope(source, &fields);
    let list = fields.require(source, "points", "a score");
    let bands = fields.get("bands").map_or(Some(Vec::new()), |node| bands(source, node));
    let expected =
        format!("a list of at most {MOST_POINTS} objects such as {{\"when\": condition, \"add\": 10}}");
    let (nodes, fits) = source.list(list?, &expected, 0..=MOST_POINTS);
    let read: Vec<_> = nodes.iter().map(|node| point(source, draft, Reach::unsure(scope), node)).collect();
    let read: Option<Vec<_>> = read.into_iter().collect();
    let (read, bands) = read.zip(bands).filter(|_| fits)?;
    let scope = scope?;
    let definitions = draft.of(scope);
    let index = definitions.scores.len() as Index;
    let mut points = Vec::new();
    for (condition, add_) in read {
        points.push((add(definitions, condition, Owner::Score(index)), add_));
    }
    let names = bands.iter().map(|(name, _)| name.clone()).collect();
    definitions.scores.push(Score { id: id.to_owned(), points, bands });
    draft.known.scores.push((id.to_owned(), scope, index, names));
    if let Some(node) = fields.get("bands") {
        warn_of_empty_bands(source, &draft.known, node, (scope, index));
    }
    Some(())
}

/// Bands that more points are needed for than there are, or that all of the points would have to be lost for.
fn warn_of_empty_bands(source: &Source<'_>, known: &Known, node: Node<'_>, (scope, index): (Scope, Index)) {
    if source.has_errors() {
        return;
    }
    let points = possible::points(known, scope, index);
    for property in node.as_object().into_iter().flat_map(|object| &object.properties) {
        let least = property.value.as_number_lit().and_then(|number| number.value.parse::<f64>().ok());
        if least.is_some_and(|least| least > points.most) {
            let message = format!("nobody gets into this band: the points add up to {} at most", points.most);
            source.warn(&property.value, message, Some("lower it, or give more points".into()));
        }
    }
}

/// A condition, and what it adds in millionths.
fn point(
    source: &Source<'_>,
    draft: &Draft<'_>,
    reach: Reach,
    node: Node<'_>,
) -> Option<(crate::engine::Condition, i64)> {
    const WHAT: &str = "a point of a score";
    let fields = Fields::read(source, node, WHAT, &POINT)?;
    let (when, add) = (fields.require(source, "when", WHAT), fields.require(source, "add", WHAT));
    let condition = when.and_then(|when| {
        let condition = condition::read(source, &draft.known, reach, when)?;
        possible::warn(source, &draft.known, when, &condition, "this never adds anything");
        Some(condition)
    });
    let add = add.and_then(|node| {
        let number = source.number(node, "a number of points")?;
        let millionths = millionths(number);
        if millionths.is_none() {
            source.expected(node, "a number of points within ±9·10¹²");
        }
        millionths
    });
    condition.zip(add)
}

/// From the highest threshold.
fn bands(source: &Source<'_>, node: Node<'_>) -> Option<Vec<(String, f64)>> {
    let fields = Fields::open(source, node, "`bands`, such as {\"A\": 60, \"B\": 30}")?;
    let mut bands: Vec<(String, f64)> = Vec::new();
    let mut whole = true;
    for (property, node) in fields.entries() {
        let name = property.name.as_str();
        let least = source.number(node, "the least score of the band, a number");
        match least {
            Some(least) if bands.iter().any(|(_, other)| *other == least) => {
                source.wrong(node, "two bands begin with the same score: they have to differ", None);
            }
            _ => {}
        }
        if !is_id(name) {
            source.wrong_name(
                property,
                format!("`{name}` cannot be a name: it is empty, has a dot, or begins with `$`"),
                None,
            );
        }
        match least {
            Some(least) => bands.push((name.to_owned(), least)),
            None => whole = false,
        }
    }
    if bands.len() > MOST_BANDS {
        source.wrong(node, format!("there are {} bands: {MOST_BANDS} is the most", bands.len()), None);
    }
    bands.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    whole.then_some(bands)
}
