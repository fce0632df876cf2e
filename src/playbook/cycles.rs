//! Cycles of a graph, in about as many steps as it has edges if there are none or few.

use std::collections::VecDeque;

/// Nobody mends more at once; looking for all of them could take the square of the graph.
const MOST: usize = 100;

/// The cycles of a graph that is given as what each node uses: a shortest one through each node that is on one and not
/// on one of those before it, from the node back to the node.
pub(super) fn cycles(uses: &[Vec<usize>]) -> Vec<Vec<usize>> {
    // What uses nothing is on no cycle, and then what uses only that; and likewise what nobody uses.
    let inner = without_ends(uses, &vec![true; uses.len()]);
    let inner = without_ends(&reversed(uses), &inner);
    let mut on_one = vec![false; uses.len()];
    let mut cycles = Vec::new();
    for start in 0..uses.len() {
        let is_new = is(&inner, start) && !is(&on_one, start);
        if !is_new || cycles.len() == MOST {
            continue;
        }
        if let Some(cycle) = way_back(uses, &inner, start) {
            cycle.iter().for_each(|node| mark(&mut on_one, *node));
            cycles.push(cycle);
        }
    }
    cycles
}

fn is(flags: &[bool], node: usize) -> bool {
    flags.get(node).copied().unwrap_or_default()
}

fn mark(flags: &mut [bool], node: usize) {
    flags.get_mut(node).into_iter().for_each(|flag| *flag = true);
}

fn reversed(uses: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut used = vec![Vec::new(); uses.len()];
    for (node, uses) in uses.iter().enumerate() {
        for other in uses {
            used.get_mut(*other).into_iter().for_each(|users: &mut Vec<usize>| users.push(node));
        }
    }
    used
}

/// Takes away what leads nowhere, until nothing does; of the nodes that are there.
fn without_ends(next: &[Vec<usize>], there: &[bool]) -> Vec<bool> {
    let mut there = there.to_vec();
    let before = reversed(next);
    let ways = |node: usize, there: &[bool]| {
        next.get(node).map_or(0, |next| next.iter().filter(|next| is(there, **next)).count())
    };
    let mut left: Vec<usize> = (0..next.len()).map(|node| ways(node, &there)).collect();
    let mut ends: Vec<usize> = (0..next.len()).filter(|node| left.get(*node) == Some(&0)).collect();
    while let Some(end) = ends.pop() {
        if !is(&there, end) {
            continue;
        }
        there.get_mut(end).into_iter().for_each(|there| *there = false);
        for node in before.get(end).into_iter().flatten() {
            let Some(left) = left.get_mut(*node) else { continue };
            *left = left.saturating_sub(1);
            if *left == 0 {
                ends.push(*node);
            }
        }
    }
    there
}

/// The shortest way from a node back to itself.
fn way_back(uses: &[Vec<usize>], inner: &[bool], start: usize) -> Option<Vec<usize>> {
    let mut from: Vec<Option<usize>> = vec![None; uses.len()];
    let mut waiting = VecDeque::from([start]);
    while let Some(node) = waiting.pop_front() {
        for next in uses.get(node).into_iter().flatten() {
            if *next == start {
                let mut way = vec![start];
                let mut at = Some(node);
                while let Some(node) = at.filter(|node| *node != start) {
                    way.push(node);
                    at = from.get(node).copied().flatten();
                }
                way.push(start);
                way.reverse();
                return Some(way);
            }
            if let Some(from @ None) = from.get_mut(*next).filter(|_| is(inner, *next)) {
                *from = Some(node);
                waiting.push_back(*next);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cycle_is_found_once() {
        assert_eq!(cycles(&[vec![0]]), [[0, 0]]);
        assert_eq!(cycles(&[vec![1], vec![2], vec![0, 1]]), [vec![0, 1, 2, 0]]);
        assert_eq!(cycles(&[vec![1], vec![0], vec![1, 3], vec![2]]), [[0, 1, 0], [2, 3, 2]]);
    }

    #[test]
    fn what_only_leads_to_a_cycle_or_from_one_is_on_none() {
        assert_eq!(cycles(&[vec![1], vec![2], vec![1, 3], vec![]]), [[1, 2, 1]]);
        assert!(cycles(&[vec![1, 2], vec![2], vec![]]).is_empty());
    }

    #[test]
    fn a_long_chain_takes_no_time() {
        let chain: Vec<Vec<usize>> =
            (0..100_000).map(|node| if node > 0 { vec![node - 1] } else { vec![] }).collect();
        assert!(cycles(&chain).is_empty());
    }
}
