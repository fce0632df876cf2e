// `node --import` this: what we import of frameworks is what stands beside this file.
import { register } from "node:module";

const ours = /^(react|react-dom|vue|svelte|@openfeature\/web-sdk)(\/|$)/;

export const resolve = (name, context, next) =>
	ours.test(name) && !context.parentURL?.includes("/node_modules/")
		? next(name, { ...context, parentURL: import.meta.url })
		: next(name, context);

if (!import.meta.url.endsWith("#hooks")) register(`${import.meta.url}#hooks`);
