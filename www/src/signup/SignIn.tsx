import { useState } from "preact/hooks";
import { signIn } from "../backend/accounts";
import { Field } from "../ui/Field";
import { Form } from "../ui/Form";

export function SignIn() {
	const [unknown, setUnknown] = useState(false);

	const submit = (text: (name: string) => string) => {
		if (!signIn(text("email"))) return setUnknown(true);
		location.hash = "#/";
	};

	return (
		<Form class="card form" onSubmit={submit} labelledBy="sign-in-title">
			<h2 id="sign-in-title">Welcome back</h2>
			<Field
				label="Work e-mail"
				error={unknown ? "Nobody has signed up with this address in this browser." : undefined}
			>
				{({ id, describedBy }) => (
					<input
						id={id}
						name="email"
						type="email"
						autocomplete="email"
						required
						aria-describedby={describedBy}
						aria-invalid={unknown}
						onInput={() => setUnknown(false)}
					/>
				)}
			</Field>
			<button type="submit" class="button button-main button-wide">
				Sign in
			</button>
			<p class="note">No password here: it is a demonstration, and its data is in your browser only.</p>
		</Form>
	);
}
