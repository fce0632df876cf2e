//! `by`, `variants` and `holdout`: who sees what, and who sees nothing.

use std::collections::BTreeSet;

use crate::engine::{Bucket, By, Value, Variant, bucket_ranges, buckets_below};

use super::super::appearance::{self, PARTS, Parts};
use super::super::compile::is_id;
use super::super::fields::{Fields, Names, property};
use super::super::known::Known;
use super::super::moments::choice;
use super::super::source::{Node, Source};

pub(in crate::playbook) const VARIANT: Names =
    Names::of(&["id", "weight", "show", "placement", "content", "actions", "form", "steps", "question"]);
pub(in crate::playbook) const MOST: usize = 100;

/// How people are split.
pub(super) struct Split {
    pub(super) by: By,
    pub(super) variants: Vec<Variant>,
    pub(super) holdout: Bucket,
}

/// Reads it.
pub(super) fn read(source: &Source<'_>, known: &Known, nudge: &Fields<'_>) -> Option<Split> {
    let holdout = nudge.get("holdout").map_or(Some(0), |node| share(source, node));
    let variants =
        nudge.get("variants").map_or(Some(Vec::new()), |node| variants(source, known, nudge, node));
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

fn variants(source: &Source<'_>, known: &Known, nudge: &Fields<'_>, node: Node<'_>) -> Option<Vec<Variant>> {
    let (nodes, fits) = source.list(node, &format!("a list of 1 to {MOST} variants"), 1..=MOST);
    let read: Vec<_> = nodes.iter().map(|node| variant(source, known, nudge, node)).collect();
    // Of those that have them: what is wrong with one is no reason to say nothing of the others.
    let id = |node| property(node, "id").and_then(|id| id.as_string_lit()).map(|id| id.value.as_ref());
    let mut ids = BTreeSet::new();
    for (node, id) in nodes.iter().filter_map(|node| Some((node, id(node)?))) {
        if !id.is_empty() && !ids.insert(id) {
            source.wrong(node, format!("there is a variant `{id}` already"), None);
        }
    }
    let weighted = nodes.iter().filter(|node| property(node, "weight").is_some()).count();
    if (1..nodes.len()).contains(&weighted) {
        let message = "some variants have a `weight`, and some have none";
        source.wrong(node, message, Some("give each one, or none for equal shares".into()));
        return None;
    }
    let read: Option<Vec<(Variant, Option<f64>)>> = read.into_iter().collect();
    let read = read.filter(|_| fits)?;
    let weights: Vec<f64> = read.iter().filter_map(|(_, weight)| *weight).collect();
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
    known: &Known,
    nudge: &Fields<'_>,
    node: Node<'_>,
) -> Option<(Variant, Option<f64>)> {
    let fields = Fields::read(source, node, "a variant", &VARIANT)?;
    let id = fields.require(source, "id", "a variant");
    let id = id.and_then(|node| source.string(node, "the id of the variant"));
    if let Some(id) = id.filter(|id| !is_id(id)) {
        source.wrong(node, format!("`{id}` cannot be an id: it has a dot, or begins with `$`"), None);
    }
    let weight = fields.get("weight").map_or(Some(None), |node| {
        let weight = number(node).filter(|weight| (0.0..=1e6).contains(weight));
        if weight.is_none() {
            source.expected(node, "a weight, the share of the variant such as 0.5");
        }
        weight.map(Some)
    });
    let shows = fields.get("show").map_or(Some(true), |node| source.boolean(node));
    let differs: Vec<_> = PARTS.into_iter().filter_map(|name| Some((name, fields.get(name)?))).collect();
    let mut appearance = Some(Value::Map(Vec::new()));
    if shows == Some(false) {
        for (name, node) in &differs {
            source.wrong(node, format!("a variant that shows nothing needs no `{name}`"), None);
        }
    } else if !differs.is_empty() {
        let whole = appearance::read(source, known, &Parts { nudge, variant: Some(&fields) });
        appearance = whole.map(|mut whole| {
            let own = differs.iter().map(|(name, _)| ((*name).to_owned(), whole.take(name)));
            Value::Map(own.collect())
        });
    }
    let variant = Variant { id: id?.to_owned(), end: 0, shows: shows?, appearance: appearance? };
    Some((variant, weight?))
}
