import { useEffect } from "preact/hooks";
import { Mark } from "../shell/Mark";
import { SignIn } from "./SignIn";
import { SignUp } from "./SignUp";

/** What a visitor sees who is not signed in. */
export function Welcome({ returning }: { returning: boolean }) {
	// The form is long on a small screen, and goes with the focus in it: what follows starts at its top.
	useEffect(
		() => () => {
			scrollTo(0, 0);
			requestAnimationFrame(() => document.querySelector<HTMLElement>("main h1")?.focus());
		},
		[],
	);

	return (
		<div class="welcome">
			<header class="welcome-head">
				<a class="brand" href="#/">
					<Mark /> Cairn
				</a>
				<a class="button button-quiet" href={returning ? "#/" : "#/sign-in"}>
					{returning ? "Create a workspace" : "Sign in"}
				</a>
			</header>
			<main class="welcome-main">
				<div class="pitch">
					<h1>The next step, in plain sight.</h1>
					<p class="lead">
						Cairn is planning for small teams. Put down what has to happen, who does it and by when. Then get
						on with it.
					</p>
					<Trail />
				</div>
				<div class="welcome-form">{returning ? <SignIn /> : <SignUp />}</div>
			</main>
			<footer class="welcome-foot">
				Free for three projects, for as long as you like. No card, no trial that ends.
			</footer>
		</div>
	);
}

/** A plan at a glance: what the product is about, drawn and not told. */
function Trail() {
	return (
		<ol class="trail" aria-label="An example of a plan">
			<li class="trail-done">
				<span>Agree on the scope</span>
				<span class="quiet">Done on Monday</span>
			</li>
			<li class="trail-done">
				<span>Sketch the first screens</span>
				<span class="quiet">Done yesterday</span>
			</li>
			<li class="trail-now">
				<span>Show it to three customers</span>
				<span class="quiet">Due tomorrow</span>
			</li>
			<li>
				<span>Decide what to leave out</span>
				<span class="quiet">Next week</span>
			</li>
		</ol>
	);
}
