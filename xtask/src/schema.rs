//! The JSON Schema of playbooks, from the types that describe it.

use anyhow::{Context as _, Result, bail};

use crate::compile::cargo;
use crate::workspace;

const FILE: &str = "playbook.schema.json";

/// Writes it into the npm package, where `$schema` of a playbook finds it.
pub(crate) fn write() -> Result<()> {
    let run = ["run", "--quiet", "--package", "ripen", "--features", "schema", "--bin", "playbook-schema"];
    let output =
        cargo().args(run).stderr(std::process::Stdio::inherit()).output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("the schema cannot be made (see above)");
    }
    let package = workspace::package();
    let dist = package.parent().context("the package has no folder")?;
    std::fs::create_dir_all(dist)?;
    std::fs::write(dist.join(FILE), output.stdout).with_context(|| format!("cannot write {FILE}"))
}
