import { plans } from "../backend/plans";
import { useSession } from "../backend/session";

/** Said once, in its place, without a wall: everything that is there goes on working. */
export function LimitNotice({ onClose }: { onClose: () => void }) {
	const { workspace } = useSession();
	const plan = plans[workspace.plan];
	return (
		<div class="notice" role="status">
			<div class="notice-words">
				<strong>
					The {plan.name} plan holds {plan.projects} projects, and you have {workspace.projects.length}.
				</strong>
				<p>They all go on as they are. To start another, finish and delete one, or change the plan.</p>
			</div>
			<div class="notice-actions">
				<a class="button" href="#/plans">
					Compare plans
				</a>
				<button type="button" class="button button-quiet" onClick={onClose}>
					Close
				</button>
			</div>
		</div>
	);
}
