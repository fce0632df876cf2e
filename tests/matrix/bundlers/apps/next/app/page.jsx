import { headers } from "next/headers";
import { Journey } from "./journey.jsx";

/** A server component: rendered for each request, since each has a nonce of its own. */
export default async function Page() {
	await headers();
	return (
		<main>
			<h1>Tasks</h1>
			<Journey />
		</main>
	);
}
