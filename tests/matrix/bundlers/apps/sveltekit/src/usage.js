import * as ripen from "ripen";
import { stores } from "ripen/svelte";

const options = { writeKey: "demo", playbook: "/playbook.ripen" };
export const { view, stage } = stores(ripen, options, { hydrate: true });
