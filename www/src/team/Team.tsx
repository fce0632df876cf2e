import { useSession } from "../backend/session";
import { removeMember } from "../backend/team";
import { longDate } from "../clock/days";
import { ActionMenu } from "../ui/ActionMenu";
import { Avatar } from "../ui/Avatar";
import { PageHead } from "../ui/PageHead";
import { accessNames } from "./access";
import { InviteForm } from "./InviteForm";

export function Team() {
	const { user, workspace } = useSession();
	const { members } = workspace;
	return (
		<>
			<PageHead
				title="Team"
				lead={
					members.length === 1
						? `So far you are alone in ${workspace.name}.`
						: `${members.length} people in ${workspace.name}.`
				}
			/>
			<InviteForm />
			<section aria-labelledby="people-title">
				<h2 id="people-title" class="section-title">
					People
				</h2>
				<ul class="card rows">
					{members.map((member) => (
						<li key={member.id} class="row">
							<Avatar name={member.name} waiting={member.state === "invited"} />
							<div class="row-main">
								<span class="cut">{member.name}</span>
								<span class="cut quiet">{member.email}</span>
							</div>
							<span class="row-fact quiet">
								{member.state === "invited"
									? `Invited on ${longDate(member.since)}`
									: accessNames[member.access]}
							</span>
							{member.state === "invited" && <span class="tag">{accessNames[member.access]}</span>}
							{member.email === user.email ? (
								<span class="tag">You</span>
							) : (
								<ActionMenu
									label={`Actions for ${member.name}`}
									actions={[
										{
											name: "Remove from the team",
											danger: true,
											act: () => removeMember(workspace, member.id),
										},
									]}
								/>
							)}
						</li>
					))}
				</ul>
			</section>
		</>
	);
}
