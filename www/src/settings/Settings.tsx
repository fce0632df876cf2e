import { useState } from "preact/hooks";
import { signOut, updateUser } from "../backend/accounts";
import { useSession } from "../backend/session";
import { roles } from "../signup/roles";
import { Field } from "../ui/Field";
import { Form } from "../ui/Form";
import { PageHead } from "../ui/PageHead";
import { Appearance } from "./Appearance";

export function Settings() {
	const { user } = useSession();
	const [saved, setSaved] = useState(false);

	const submit = (text: (name: string) => string) => {
		updateUser(user.id, { name: text("name"), role: text("role") });
		setSaved(true);
	};

	return (
		<>
			<PageHead title="Settings" />
			<Form
				class="card form settings-part"
				onSubmit={submit}
				onInput={() => setSaved(false)}
				labelledBy="profile-title"
			>
				<h2 id="profile-title">Profile</h2>
				<Field label="Your name">
					{({ id }) => (
						<input
							id={id}
							name="name"
							defaultValue={user.name}
							required
							maxLength={80}
							pattern=".*\S.*"
							autocomplete="name"
						/>
					)}
				</Field>
				<Field label="E-mail" hint="You sign in with it, so it stays.">
					{({ id, describedBy }) => (
						<input id={id} type="email" value={user.email} readOnly aria-describedby={describedBy} />
					)}
				</Field>
				<Field label="Your role">
					{({ id }) => (
						<select id={id} name="role">
							{roles.map(({ value, name }) => (
								<option key={value} value={value} selected={value === user.role}>
									{name}
								</option>
							))}
						</select>
					)}
				</Field>
				<div class="form-actions">
					<span class="note form-aside" role="status">
						{saved ? "Saved." : ""}
					</span>
					<button type="submit" class="button button-main">
						Save
					</button>
				</div>
			</Form>
			<Appearance />
			<section class="card settings-part settings-leave" aria-labelledby="leave-title">
				<div>
					<h2 id="leave-title">Sign out</h2>
					<p class="quiet">Your workspace stays. Sign in again with your e-mail address.</p>
				</div>
				<button
					type="button"
					class="button"
					onClick={() => {
						location.hash = "#/sign-in";
						signOut();
					}}
				>
					Sign out
				</button>
			</section>
		</>
	);
}
