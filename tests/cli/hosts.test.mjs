import { test } from "node:test";
import { isThere, languages, tryOut } from "../hosts/languages.mjs";

for (const [name, language] of Object.entries(languages))
	test(`what a host signs in ${name} is what the collector checks`, (t) => {
		if (isThere(language)) return tryOut(language);
		// The others are tried by `npm run test:matrix`, which installs them.
		t.skip(`${name} is not on this machine: apt-get install ${language.apt}`);
	});
