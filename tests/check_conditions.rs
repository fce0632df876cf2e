//! What `check` says to mistakes in conditions: each operator knows what it may be compared with, and what of.

use ripen::playbook::check;

/// What is said of a condition of a segment that comes after others, as `path: message (hint)` lines.
fn said(condition: &str) -> Vec<String> {
    let playbook = format!(
        r#"{{
            "groups": {{"dach": ["de", "at", "ch"]}},
            "signals": {{"n": {{"count": "a"}}, "s": {{"since": "a"}}}},
            "segments": {{
                "power": {{"when": {{"user.c": {{"$inGroup": "dach"}}}}}},
                "x": {{"when": {condition}}},
                "later": {{"when": {{}}}}
            }}
        }}"#
    );
    let problems = check(&playbook).into_iter().map(|problem| {
        let path = problem.path.trim_start_matches("segments.x.when").trim_start_matches('.').to_owned();
        let hint = problem.hint.map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{}: {path}: {}{hint}", problem.severity.name(), problem.message)
    });
    problems.collect()
}

#[track_caller]
fn says(condition: &str, wanted: &str) {
    assert_eq!(said(condition), [format!("error: {wanted}")], "{condition}");
}

#[test]
fn an_unknown_operator_has_its_near_name() {
    says(
        r#"{"user.a": {"$regx": "x"}}"#,
        "user.a.$regx: there is no operator `$regx` (did you mean `$regex`?)",
    );
    says(
        r#"{"user.a": {"$ingroup": "x"}}"#,
        "user.a.$ingroup: there is no operator `$ingroup` (did you mean `$inGroup`?)",
    );
    says(r#"{"user.a": {"$elemMatch": {"$or": []}}}"#, "user.a.$elemMatch.$or: there is no operator `$or`");
}

#[test]
fn each_operator_says_what_it_is_compared_with() {
    for (operators, wanted) in [
        (r#"{"$all": "a"}"#, "$all: expected a list of values, found the string \"a\""),
        (r#"{"$alli": 1}"#, "$alli: expected a list of values, found the number 1"),
        (r#"{"$ini": "a"}"#, "$ini: expected a list of values, found the string \"a\""),
        (r#"{"$nini": {}}"#, "$nini: expected a list of values, found an empty object"),
        (r#"{"$elemMatch": 3}"#, "$elemMatch: expected a condition, an object, found the number 3"),
        (
            r#"{"$size": "3"}"#,
            "$size: expected a length: a whole number, or operators such as `{\"$gt\": 2}`, found the string \"3\"",
        ),
        (
            r#"{"$size": 1.5}"#,
            "$size: expected a length: a whole number, or operators such as `{\"$gt\": 2}`, found the number 1.5",
        ),
        (r#"{"$size": {"$gt": "2"}}"#, "$size.$gt: expected a number, found the string \"2\""),
        (
            r#"{"$type": "text"}"#,
            "$type: expected one of `string`, `number`, `boolean`, `null`, `array` and `object`, found \"text\" (there is `string`, `number`, `boolean`, `null`, `array` and `object`)",
        ),
        (
            r#"{"$type": "aray"}"#,
            "$type: expected one of `string`, `number`, `boolean`, `null`, `array` and `object`, found \"aray\" (did you mean `array`?)",
        ),
        (r#"{"$regex": 5}"#, "$regex: expected a pattern, a string such as \"^pro\", found the number 5"),
        (r#"{"$veq": 2}"#, "$veq: expected a version, a string such as \"1.2.3\", found the number 2"),
        (
            r#"{"$vlt": "latest"}"#,
            "$vlt: expected a version, a string such as \"1.2.3\", found the string \"latest\"",
        ),
        (r#"{"$inGroup": "dahc"}"#, "$inGroup: there is no group `dahc` (did you mean `dach`?)"),
        (r#"{"$notInGroup": ["de"]}"#, "$notInGroup: expected the name of a group, found a list"),
    ] {
        says(&format!(r#"{{"user.a": {operators}}}"#), &format!("user.a.{wanted}"));
    }
}

#[test]
fn an_operator_that_cannot_hold_here_is_refused() {
    for (condition, wanted) in [
        (
            r#"{"signals.n": {"$size": 1}}"#,
            "signals.n.$size: `$size` asks about a list, and here is a number",
        ),
        (
            r#"{"momentum": {"$all": ["new"]}}"#,
            "momentum.$all: `$all` asks about a list, and here is a string",
        ),
        (
            r#"{"signals.n": {"$regex": "1"}}"#,
            "signals.n.$regex: `$regex` asks about a string, and here is a number",
        ),
        (
            r#"{"signals.s": {"$vgt": "1.0"}}"#,
            "signals.s.$vgt: `$vgt` asks about a string, and here is a number of hours",
        ),
    ] {
        let playbook = format!(
            r#"{{"signals": {{"n": {{"count": "a"}}, "s": {{"since": "a"}}}},
                "moments": {{"m": {{"when": {condition}, "motion": "sales"}}}}}}"#
        );
        let found: Vec<String> =
            check(&playbook).iter().map(|p| format!("{}: {}", p.path, p.message)).collect();
        assert_eq!(found, [format!("moments.m.when.{wanted}")]);
    }
}

#[test]
fn a_mistake_in_a_pattern_is_shown_at_its_place_in_the_text() {
    for (pattern, column, message) in [
        (r"ab(?=c)", 3, "a pattern cannot look ahead or behind"),
        // Written with escapes, which take more room than what they mean.
        (r"\\d\u00e9\ud83d\ude00\n(?!x)", 24, "a pattern cannot look ahead or behind"),
        (r"(a)\\1", 4, "a pattern has no back-references"),
        (
            r"a{1000}{1000}",
            8,
            "this pattern is too long: with its repetitions written out it has more than 2000 steps",
        ),
        (r"a(?i)", 2, "a pattern has no flags in it"),
        ("é(", 2, "this is no pattern: unclosed group"),
    ] {
        let before = r#"{"segments": {"x": {"when": {"user.a": {"$regexi": ""#;
        let found = check(&format!("{before}{pattern}\"}}}}}}}}}}"));
        let [problem] = found.as_slice() else { panic!("{pattern}: {found:?}") };
        assert_eq!((problem.column, problem.message.as_str()), (before.len() + column, message), "{pattern}");
        assert_eq!(problem.path, "segments.x.when.user.a.$regexi");
    }
}

#[test]
fn the_lists_of_ids_take_operators_on_lists_only() {
    let expected = "`segments` is a list of ids: expected `{\"$in\": [ids]}`, `{\"$nin\": [ids]}` or `{\"$all\": [ids]}`";
    says(r#"{"segments": "power"}"#, &format!("segments: {expected}"));
    says(
        r#"{"segments": {"$eq": "power"}}"#,
        &format!(
            "segments.$eq: {expected}, found `$eq` (there is `$in`, `$nin`, `$all`, `$elemMatch`, `$size` and `$not`)"
        ),
    );
    says(
        r#"{"segments": {"$elemMatch": {"$eq": "powr"}}}"#,
        "segments.$elemMatch.$eq: there is no segment `powr` (did you mean `power`?)",
    );
    says(
        r#"{"segments": {"$not": {"$elemMatch": {"$not": {"$in": ["powr"]}}}}}"#,
        "segments.$not.$elemMatch.$not.$in.0: there is no segment `powr` (did you mean `power`?)",
    );
    says(
        r#"{"segments": {"$elemMatch": {"$eq": "later"}}}"#,
        "segments.$elemMatch.$eq: the segment `later` is not known here: only what is written before can be used",
    );
    says(
        r#"{"segments": {"$elemMatch": {"name": "power"}}}"#,
        "segments.$elemMatch: expected operators on an id, such as `{\"$eq\": \"power\"}` or `{\"$regex\": \"^power\"}`, found an object",
    );
    says(
        r#"{"segments": {"$size": "many"}}"#,
        "segments.$size: expected a length: a whole number, or operators such as `{\"$gt\": 2}`, found the string \"many\"",
    );
    for fine in [
        r#"{"segments": {"$size": {"$gte": 1}}}"#,
        r#"{"segments": {"$not": {"$all": ["power"]}}}"#,
        r#"{"segments": {"$elemMatch": {"$regex": "^pow"}}}"#,
    ] {
        assert_eq!(said(fine), [""; 0], "{fine}");
    }
}

#[test]
fn a_property_may_begin_with_a_dollar_in_a_where_but_no_misspelt_connective() {
    let check = |condition: &str| {
        let playbook =
            format!(r#"{{"signals": {{"n": {{"count": {{"event": "e", "where": {condition}}}}}}}}}"#);
        check(&playbook).iter().map(|problem| problem.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(check(r#"{"$browser": "Firefox", "$groups": {"$elemMatch": {"$eq": "beta"}}}"#), [""; 0]);
    assert_eq!(check(r#"{"$adn": []}"#), ["there is no `$adn` between conditions"]);
    assert_eq!(check(r#"{"$gt": 3}"#), ["there is no `$gt` between conditions"]);
}

#[test]
fn groups_are_lists_of_values_that_somebody_asks_about() {
    let check = |groups: &str| {
        let playbook = format!(
            r#"{{"groups": {groups}, "segments": {{"s": {{"when": {{"user.c": {{"$inGroup": "a"}}}}}}}}}}"#
        );
        let said = |problem: &ripen::playbook::Problem| {
            format!("{}: {}: {}", problem.severity.name(), problem.path, problem.message)
        };
        check(&playbook).iter().map(said).collect::<Vec<_>>()
    };
    assert_eq!(check(r#"{"a": ["x", 1, true]}"#), [""; 0]);
    assert_eq!(
        check(r#"{"a": []}"#),
        [
            "warning: groups.a: this group is empty: nobody is in it",
            "warning: segments.s.when.user.c: nobody is ever in this segment: `user.c` would have to be one of an empty list",
        ]
    );
    assert_eq!(check(r#"{"a": ["x"], "b": ["x"]}"#), ["warning: groups.b: no condition uses this group"]);
    assert_eq!(
        check(r#"{"a": "x"}"#)[0],
        "error: groups.a: expected a list of values, found the string \"x\""
    );
    assert_eq!(check(r#"{"a": [null, ["x"]]}"#).len(), 2);
    assert_eq!(check("3"), ["error: groups: expected `groups`, an object, found the number 3"]);
    assert!(check(r#"{"a": ["x"], "a": ["y"]}"#)[0].contains("`a` is said twice"));
}
