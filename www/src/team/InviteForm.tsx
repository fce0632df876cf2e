import { useState } from "preact/hooks";
import type { Access } from "../backend/model";
import { useSession } from "../backend/session";
import { invite } from "../backend/team";
import { Field } from "../ui/Field";
import { Form } from "../ui/Form";
import { accessNames } from "./access";

export function InviteForm() {
	const { workspace } = useSession();
	const [sentTo, setSentTo] = useState<string | undefined>();
	const [error, setError] = useState<string | undefined>();

	const submit = (text: (name: string) => string, form: HTMLFormElement) => {
		const email = text("email");
		if (workspace.members.some((one) => one.email.toLowerCase() === email.toLowerCase())) {
			setSentTo(undefined);
			return setError(`${email} is in the team already.`);
		}
		invite(workspace, email, text("access") as Access);
		form.reset();
		form.querySelector("input")?.focus();
		setSentTo(email);
	};

	return (
		<Form class="card form invite" onSubmit={submit} labelledBy="invite-title">
			<h2 id="invite-title">Invite a teammate</h2>
			<div class="invite-line">
				<Field label="E-mail" error={error}>
					{({ id, describedBy }) => (
						<input
							id={id}
							name="email"
							type="email"
							required
							maxLength={120}
							autocomplete="off"
							placeholder="name@company.com"
							aria-describedby={describedBy}
							aria-invalid={error !== undefined}
							onInput={() => setError(undefined)}
						/>
					)}
				</Field>
				<Field label="Access">
					{({ id }) => (
						<select id={id} name="access">
							{(["member", "admin", "guest"] as const).map((access) => (
								<option key={access} value={access}>
									{accessNames[access]}
								</option>
							))}
						</select>
					)}
				</Field>
				<button type="submit" class="button button-main">
					Send invitation
				</button>
			</div>
			<p class="note" role="status">
				{sentTo
					? `Invitation sent to ${sentTo}. You can give them tasks already.`
					: "They get a link. Until they join, you can give them tasks already."}
			</p>
		</Form>
	);
}
