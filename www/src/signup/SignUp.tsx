import { useState } from "preact/hooks";
import { hasAccount, signUp } from "../backend/accounts";
import { Field } from "../ui/Field";
import { Form } from "../ui/Form";
import { roles } from "./roles";

export function SignUp() {
	const [taken, setTaken] = useState(false);

	const submit = (text: (name: string) => string) => {
		if (hasAccount(text("email"))) return setTaken(true);
		location.hash = "#/";
		signUp({ name: text("name"), email: text("email"), role: text("role"), company: text("company") });
	};

	return (
		<Form class="card form" onSubmit={submit} labelledBy="sign-up-title">
			<h2 id="sign-up-title">Create your workspace</h2>
			<Field label="Your name">
				{({ id }) => (
					<input id={id} name="name" autocomplete="name" required maxLength={80} pattern=".*\S.*" />
				)}
			</Field>
			<Field
				label="Work e-mail"
				error={taken ? "There is a workspace for this address already. Sign in instead." : undefined}
			>
				{({ id, describedBy }) => (
					<input
						id={id}
						name="email"
						type="email"
						autocomplete="email"
						required
						maxLength={120}
						aria-describedby={describedBy}
						aria-invalid={taken}
						onInput={() => setTaken(false)}
					/>
				)}
			</Field>
			<Field label="Your role">
				{({ id }) => (
					<select id={id} name="role" required>
						<option value="">Choose one</option>
						{roles.map(({ value, name }) => (
							<option key={value} value={value}>
								{name}
							</option>
						))}
					</select>
				)}
			</Field>
			<Field label="Company or team">
				{({ id }) => (
					<input
						id={id}
						name="company"
						autocomplete="organization"
						required
						maxLength={80}
						pattern=".*\S.*"
					/>
				)}
			</Field>
			<button type="submit" class="button button-main button-wide">
				Create workspace
			</button>
			<p class="note">
				This is a demonstration: what you enter stays in this browser, and no e-mail is sent.
			</p>
		</Form>
	);
}
