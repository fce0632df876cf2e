import * as ripen from "ripen";
import { starts } from "./starts.mjs";

window.ripen = ripen;
const told = JSON.parse(document.querySelector("#told").textContent);
starts[told.start](told);
