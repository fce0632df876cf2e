import { useState } from "preact/hooks";
import type { Plan } from "../backend/model";
import { changePlan, fits, plans } from "../backend/plans";
import { useSession } from "../backend/session";
import { Icon } from "../ui/Icon";
import { PageHead } from "../ui/PageHead";
import { BuyDialog } from "./BuyDialog";
import { offers } from "./offers";

export function Plans() {
	const { workspace } = useSession();
	const [buying, setBuying] = useState(false);
	const [welcome, setWelcome] = useState(false);

	return (
		<>
			<PageHead
				title="Plans"
				lead={`${workspace.name} is on the ${plans[workspace.plan].name} plan. ${use()}`}
			/>
			{welcome && workspace.plan === "team" && (
				<div class="notice notice-good" role="status">
					<div class="notice-words">
						<strong>Welcome to Team.</strong>
						<p>There is room for as many projects as you need. Everything you made is where it was.</p>
					</div>
					<div class="notice-actions">
						<a class="button" href="#/">
							Back to work
						</a>
					</div>
				</div>
			)}
			<ul class="plan-grid">
				{offers.map(({ plan, about, gives }) => (
					<li key={plan} class={`card plan plan-${plan}`} aria-label={`${plans[plan].name} plan`}>
						<h2>{plans[plan].name}</h2>
						<p class="quiet">{about}</p>
						<p class="price">
							<strong>€{plans[plan].price}</strong>
							<span class="quiet">{plan === "free" ? "for ever" : "a person and month"}</span>
						</p>
						{choice(plan)}
						<ul class="gives">
							{gives.map((line) => (
								<li key={line}>
									<Icon name="check" /> {line}
								</li>
							))}
						</ul>
					</li>
				))}
			</ul>
			<p class="note">Prices without VAT. You can change the plan at any time, in both directions.</p>
			{buying && (
				<BuyDialog
					onClose={() => setBuying(false)}
					onBuy={() => {
						setBuying(false);
						setWelcome(true);
						changePlan(workspace, "team");
					}}
				/>
			)}
		</>
	);

	function use(): string {
		const limit = plans[workspace.plan].projects;
		const used = workspace.projects.length;
		if (limit === null) return `${used} ${used === 1 ? "project" : "projects"}, no limit.`;
		return `${used} of ${limit} projects in use.`;
	}

	function choice(plan: Plan) {
		if (plan === workspace.plan) return <span class="plan-now">Your plan</span>;
		if (plan === "team") {
			return (
				<button type="button" class="button button-main" onClick={() => setBuying(true)}>
					Choose Team
				</button>
			);
		}
		if (!fits(workspace, plan)) {
			return <p class="note">To go back, keep at most {plans[plan].projects} projects.</p>;
		}
		return (
			<button type="button" class="button" onClick={() => changePlan(workspace, plan)}>
				Go back to {plans[plan].name}
			</button>
		);
	}
}
