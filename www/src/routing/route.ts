import { useEffect, useState } from "preact/hooks";

/** The pages of the product. The hash is the address, so that any static server will do. */
export type Route =
	| { page: "overview" }
	| { page: "project"; project: string }
	| { page: "reports" }
	| { page: "team" }
	| { page: "integrations" }
	| { page: "plans" }
	| { page: "settings" }
	| { page: "sign_in" };

const plain = ["reports", "team", "integrations", "plans", "settings"] as const;

export function readRoute(hash: string): Route {
	const [first = "", second] = hash.replace(/^#?\/?/, "").split("/");
	if (first === "projects" && second) return { page: "project", project: second };
	if (first === "sign-in") return { page: "sign_in" };
	const page = plain.find((name) => name === first);
	return page ? { page } : { page: "overview" };
}

export function useRoute(): Route {
	const [hash, setHash] = useState(location.hash);
	useEffect(() => {
		const read = () => setHash(location.hash);
		addEventListener("hashchange", read);
		return () => removeEventListener("hashchange", read);
	}, []);
	return readRoute(hash);
}

export function projectAddress(project: string): string {
	return `#/projects/${project}`;
}
