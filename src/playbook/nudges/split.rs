//! `by`, `variants` and `holdout`: who sees what, and who sees nothing.

use crate::engine::{Bucket, By, Value, Variant, bucket_ranges, buckets_below};

use super::super::appearance::{self, PARTS, Parts};
use super::super::compile::is_id;
use super::super::document::value;
use super::super::fields::{Fields, Names};
use super::super::moments::choice;
use super::super::source::{Node, Source};

pub(in crate::playbook) const VARIANT: Names =
    Names::of(&["id", "weight", "show", "placement", "content", "actions", "form"]);
pub(in crate::playbook) const MOST: usize = 100;

/// How people are split.
pub(super) struct Split {
    pub(super) by: By,
    pub(super) variants: Vec<Variant>,
    pub(super) holdout: Bucket,
}

/// Reads it; what variants draw is looked at only where the nudge itself can be drawn.
pub(super) fn read(source: &Source<'_>, nudge: &Fields<'_>, is_drawn: bool) -> Option<Split> {
    let holdout = nudge.get("holdout").map_or(Some(0), |node| share(source, node));
    let variants =
        nudge.get("variants").map_or(Some(Vec::new()), |node| variants(source, nudge, node, is_drawn));
    let choices = [("person", By::Person), ("device", By::Device), ("account", By::Account)];
    let by = nudge.get("by").map_or(Some(By::Person), |node| choice(source, node, &choices));
    if let (Some(node), None, None) = (nudge.get("by"), nudge.get("variants"), nudge.get("holdout")) {
        source.warn(node, "nothing is split by this: the nudge has neither `variants` nor `holdout`", None);
    }
    Some(Split { by: by?, variants: variants?, holdout: holdout? })
}

/// A share of all, as the buckets below it.
pub(in crate::playbook) fn share(source: &Source<'_>, node: Node<'_>) -> Option<Bucket> {
    let share = number(node).filter(|share| (0.0..=1.0).contains(share));
    if share.is_none() {
        source.expected(node, "a share of 0 to 1, such as 0.1 for a tenth");
    }
    share.map(buckets_below)
}

fn number(node: Node<'_>) -> Option<f64> {
    node.as_number_lit().and_then(|number| number.value.parse().ok())
}

fn variants(source: &Source<'_>, nudge: &Fields<'_>, node: Node<'_>, is_drawn: bool) -> Option<Vec<Variant>> {
    let nodes = node.as_array().map(|list| &list.elements).filter(|list| (1..=MOST).contains(&list.len()));
    let Some(nodes) = nodes else {
        source.expected(node, &format!("a list of 1 to {MOST} variants"));
        return None;
    };
    let read: Vec<_> = nodes.iter().map(|node| variant(source, nudge, node, is_drawn)).collect();
    let read: Vec<(Variant, Option<f64>)> = read.into_iter().collect::<Option<_>>()?;
    for ((variant, _), (index, node)) in read.iter().zip(nodes.iter().enumerate()) {
        if read.iter().take(index).any(|(before, _)| before.id == variant.id) {
            source.wrong(node, format!("there is a variant `{}` already", variant.id), None);
        }
    }
    let weights: Vec<f64> = read.iter().filter_map(|(_, weight)| *weight).collect();
    if !weights.is_empty() && weights.len() < nodes.len() {
        let message = "some variants have a `weight`, and some have none";
        source.wrong(node, message, Some("give each one, or none for equal shares".into()));
        return None;
    }
    let sum: f64 = weights.iter().sum();
    let are_equal = weights.windows(2).all(|two| two.first() == two.last());
    if !weights.is_empty() && !are_equal && !(0.99..=1.01).contains(&sum) {
        let message =
            format!("the weights add up to {sum}, not to 1: as in GrowthBook, all variants are then equal");
        source.warn(node, message, Some("write shares, such as 0.25 and 0.75".into()));
    }
    let ranges = bucket_ranges(nodes.len(), 1.0, Some(&weights));
    let ranged = |((variant, _), (_, to))| Variant { end: buckets_below(to), ..variant };
    Some(read.into_iter().zip(ranges).map(ranged).collect())
}

/// A variant, whose share is not known yet, and its weight.
fn variant(
    source: &Source<'_>,
    nudge: &Fields<'_>,
    node: Node<'_>,
    is_drawn: bool,
) -> Option<(Variant, Option<f64>)> {
    let fields = Fields::read(source, node, "a variant", &VARIANT)?;
    let id = source.string(fields.require(source, "id", "a variant")?, "the id of the variant")?;
    if !is_id(id) {
        source.wrong(node, format!("`{id}` cannot be an id: it has a dot, or begins with `$`"), None);
    }
    let weight = match fields.get("weight") {
        None => None,
        Some(node) => match number(node).filter(|weight| (0.0..=1e6).contains(weight)) {
            None => {
                source.expected(node, "a weight, the share of the variant such as 0.5");
                return None;
            }
            weight => weight,
        },
    };
    let shows = fields.get("show").map_or(Some(true), |node| source.boolean(node))?;
    let mut differs = PARTS.into_iter().filter_map(|name| Some((name, fields.get(name)?))).peekable();
    let mut appearance = Value::Map(Vec::new());
    if let (Some((name, node)), false) = (differs.peek(), shows) {
        source.wrong(node, format!("a variant that shows nothing needs no `{name}`"), None);
        return None;
    }
    if differs.peek().is_some() && is_drawn {
        appearance::read(source, &Parts { nudge, variant: Some(&fields) })?;
    }
    for (name, node) in differs {
        appearance.set(name.to_owned(), value(source, node)?);
    }
    Some((Variant { id: id.to_owned(), end: 0, shows, appearance }, weight))
}
