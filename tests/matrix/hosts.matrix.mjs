import { before, test } from "node:test";
import { install } from "../../xtask/browsers.mjs";
import { isThere, languages, tryOut } from "../hosts/languages.mjs";

before(() =>
	install(
		Object.entries(languages).map(([name, language]) => ({
			name,
			packages: [language.apt],
			there: () => isThere(language),
		})),
	),
);

for (const [name, language] of Object.entries(languages))
	test(`what a host signs in ${name} is what the collector checks`, () => tryOut(language));
