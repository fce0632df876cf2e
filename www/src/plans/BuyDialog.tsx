import { plans } from "../backend/plans";
import { useSession } from "../backend/session";
import { Dialog } from "../ui/Dialog";

interface Props {
	onBuy: () => void;
	onClose: () => void;
}

export function BuyDialog({ onBuy, onClose }: Props) {
	const { workspace } = useSession();
	const people = workspace.members.length;
	const { price } = plans.team;
	return (
		<Dialog title="Change to Team" onClose={onClose}>
			<dl class="bill">
				<div>
					<dt>
						{people} {people === 1 ? "person" : "people"} × €{price}
					</dt>
					<dd>€{people * price}</dd>
				</div>
				<div class="bill-sum">
					<dt>A month, from today</dt>
					<dd>€{people * price}</dd>
				</div>
			</dl>
			<p class="note">A demonstration: no card is asked for, and nothing is charged.</p>
			<div class="form-actions">
				<button type="button" class="button" onClick={onClose}>
					Cancel
				</button>
				<button type="button" class="button button-main" onClick={onBuy}>
					Buy Team
				</button>
			</div>
		</Dialog>
	);
}
