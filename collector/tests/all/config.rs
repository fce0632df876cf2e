//! The configuration: flags, environment, file; and that the documentation has all of it.

use std::fs;
use std::path::Path;
use std::process::Output;

use ripen_collector::config::{KEYS, TENANT_KEYS};

use crate::support::{Process, new_folder};

fn run(folder: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Output {
    Process::command(folder).envs(environment.iter().copied()).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_flag_holds_before_the_environment_and_that_before_the_file() {
    let folder = new_folder();
    let file = "listen = '127.0.0.1:1'\ndatabase = 'of-the-file.db'\nlog = 'debug'\n[tenant.key]\nplaybook = 'playbook.json'\n";
    fs::write(folder.path().join("ripen.toml"), file).unwrap();
    let environment = [
        ("RIPEN_LISTEN", "127.0.0.1:2"),
        ("RIPEN_DENY", "email,traits.phone"),
        ("RIPEN_CONFIG", "ripen.toml"),
    ];
    let print = run(folder.path(), &environment, &["config", "print", "--listen", "127.0.0.1:3"]);
    let printed = text(&print.stdout);
    assert!(print.status.success(), "{}", text(&print.stderr));
    // RIPEN_LOG is set for all tests.
    for line in [
        "listen = \"127.0.0.1:3\" # flag or environment",
        "database = \"of-the-file.db\" # file",
        "log = \"warn\" # flag or environment",
        "log_format = \"text\" # default",
        "deny = [\"email\",\"traits.phone\"] # flag or environment",
        "# retention_days is not set",
        "[tenant.\"key\"]",
    ] {
        assert!(printed.lines().any(|found| found == line), "{line} in\n{printed}");
    }
}

#[test]
fn check_tells_all_mistakes_and_begins_nothing() {
    let folder = new_folder();
    let path = folder.path().join("ripen.toml");
    let check = || run(folder.path(), &[], &["config", "check", "--config", "ripen.toml"]);
    fs::write(&path, "lisen = 'x'\n[tenant.key]\nplaybok = 'playbook.json'\n").unwrap();
    let found = check();
    assert_eq!(found.status.code(), Some(1));
    let errors = text(&found.stderr);
    for mistake in [
        "ripen.toml:1:1: `lisen`",
        "did you mean `listen`?",
        "ripen.toml:3:1: `playbok`",
        "did you mean `playbook`?",
    ] {
        assert!(errors.contains(mistake), "{mistake} in {errors}");
    }
    fs::write(&path, "deny = ['']\n[tenant.key]\nplaybook = 'absent.json'\n").unwrap();
    assert!(text(&check().stderr).contains("denies nothing"));
    fs::write(&path, "[tenant.key]\nplaybook = 'absent.json'\n").unwrap();
    assert!(text(&check().stderr).contains("absent.json"));
    // What `serve` could not do: all of it, by its setting, with what is found and what is expected.
    fs::create_dir(folder.path().join("inner")).unwrap();
    for (settings, wanted) in [
        (
            "listen = '8799'\nmetrics_listen = 'x:99999'",
            &["listen: expected HOST:PORT", "found `8799`", "metrics_listen: ", "0 to 65535"][..],
        ),
        (
            "listen = '127.0.0.1:1'\nmetrics_listen = '127.0.0.1:1'",
            &["metrics_listen: expected another port"],
        ),
        ("database = 'absent/ripen.db'", &["database: ", "there is no folder `absent`"]),
        ("database = 'playbook.json/ripen.db'", &["database: ", "`playbook.json` is a file"]),
        ("database = 'inner'", &["database: expected a file, found the folder `inner`"]),
        ("[tenant.'de mo/ü']", &["the write key `de mo/ü` cannot be one", "letters, digits"]),
    ] {
        fs::write(&path, format!("{settings}\n[tenant.key]\nplaybook = 'playbook.json'\n")).unwrap();
        let found = check();
        let errors = text(&found.stderr);
        assert_eq!(found.status.code(), Some(1), "{settings}: {errors}");
        for word in wanted {
            assert!(errors.contains(word), "{word} in {errors}");
        }
        let served = run(folder.path(), &[], &["serve", "--config", "ripen.toml"]);
        assert_eq!((served.status.code(), text(&served.stderr)), (Some(1), errors), "{settings}");
    }
    fs::write(&path, "[tenant.key]\nplaybook = 'playbook.json'\n").unwrap();
    let right = check();
    assert_eq!(
        (right.status.code(), text(&right.stdout)),
        (Some(0), "the configuration is right\n".to_owned())
    );
    assert!(!folder.path().join("ripen.db").exists());
    assert_eq!(
        run(folder.path(), &[], &["config", "check", "--config", "absent.toml"]).status.code(),
        Some(1)
    );
}

#[test]
fn a_file_alone_starts_it_and_other_commands_read_it_too() {
    let folder = new_folder();
    fs::create_dir(folder.path().join("etc")).unwrap();
    let file =
        "listen = '127.0.0.1:0'\ndatabase = '../kept.db'\n[tenant.key]\nplaybook = '../playbook.json'\n";
    fs::write(folder.path().join("etc/ripen.toml"), file).unwrap();
    let process = Process::serve(folder.path(), &["--config", "etc/ripen.toml"]);
    process.post(&crate::support::batch_of(["m"])).unwrap();
    let export = run(folder.path(), &[], &["export", "--config", "etc/ripen.toml"]);
    assert_eq!(text(&export.stdout).lines().count(), 1, "{}", text(&export.stderr));
    assert!(folder.path().join("kept.db").exists());
}

/// The rows of the tables of `docs/operating.md`: the words between backticks, and the default.
fn documented() -> Vec<Vec<String>> {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/operating.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect())
        .collect()
}

#[test]
fn the_documentation_has_every_setting_with_its_default() {
    let rows = documented();
    for key in KEYS {
        let flag = format!("--{}", key.name.replace('_', "-"));
        let row =
            rows.iter().find(|row| row[0] == key.name).unwrap_or_else(|| panic!("{} is not there", key.name));
        assert_eq!(
            row[1..4],
            [flag, key.environment.unwrap().to_owned(), key.default.to_owned()],
            "{}",
            key.name
        );
        let help = run(Path::new("."), &[], &["serve", "--help"]);
        assert!(text(&help.stdout).contains(&row[1]) && text(&help.stdout).contains(&row[2]), "{}", key.name);
    }
    for key in TENANT_KEYS {
        let named = rows.iter().find(|row| row[0] == format!("tenant.KEY.{}", key.name));
        assert_eq!(named.map(|row| row[3].as_str()), Some(key.default), "{}", key.name);
    }
}
