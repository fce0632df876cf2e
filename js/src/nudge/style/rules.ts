import anchored from "./anchored.css";
import card from "./card.css";
import checklist from "./checklist.css";
import fields from "./fields.css";
import places from "./places.css";

/** All rules but the colours. */
export const rules = card + fields + places + anchored + checklist;
