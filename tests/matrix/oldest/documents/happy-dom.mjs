// `node --import` this: a document by happy-dom.
import { GlobalRegistrator } from "@happy-dom/global-registrator";

GlobalRegistrator.register({ url: "http://app.test/" });
