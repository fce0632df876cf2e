// `ripen/react` where there is no page: as it is built, on a server. What it does in a page is tried in Chromium.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createElement as h, StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { RipenProvider, RipenSlot, useNudge, useRipen, useStage, useView } from "../dist/react.js";
import { fakeClient, view } from "./fake-client.mjs";

const built = readFileSync(new URL("../dist/react.js", import.meta.url), "utf8");
const Stage = () => useStage("journey") ?? "unknown";
const Selected = () => useView(({ segments }) => ({ busy: segments.includes("busy") }))?.busy && "busy";
const Due = () => useNudge()?.id ?? "none";
const Tracks = () => typeof useRipen().track;

test("the built file is a client module, and imports React and nothing else", () => {
	assert.match(built, /^"use client";/);
	const imported = [...built.matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map(([, name]) => name);
	assert.deepEqual([...new Set(imported)], ["react"]);
});

test("C21 a server renders what it knows, starts nothing and listens to nothing", () => {
	const client = fakeClient();
	const complaints = [];
	const { error } = console;
	console.error = (...words) => complaints.push(words.join(" "));
	const render = (initialView) =>
		renderToString(
			h(
				StrictMode,
				null,
				h(
					RipenProvider,
					{ client, options: { writeKey: "wk" }, initialView },
					[Stage, Selected, Due, Tracks].map((part) => h("p", { key: part.name }, h(part))),
				),
			),
		);
	try {
		const known = view({ segments: ["busy"], stages: { journey: "set_up" } });
		assert.equal(render(known), "<p>set_up</p><p>busy</p><p>none</p><p>function</p>");
		assert.equal(render(), "<p>unknown</p><p></p><p>none</p><p>function</p>");
	} finally {
		console.error = error;
	}
	assert.deepEqual([client.calls, client.listening, complaints], [[], 0, []]);
});

test("a hook without a provider says what is missing", () => {
	assert.throws(() => renderToString(h(Stage)), /useView needs a <RipenProvider>/);
});

test("a slot is an element with a class and a place that is kept, also as React 18 writes it", () => {
	assert.equal(
		renderToString(h(RipenSlot, { name: "side", className: "wide", minHeight: 96, "data-a": "b" })),
		'<ripen-slot data-a="b" name="side" class="wide" style="display:block;min-height:96px"></ripen-slot>',
	);
	assert.equal(renderToString(h(RipenSlot, { name: "side" })), '<ripen-slot name="side"></ripen-slot>');
});
