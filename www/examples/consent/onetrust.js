/** The category that you have put Ripen into. */
const category = "C0002";

export function follow(setConsent) {
	const look = (active) => {
		if (active.includes(category)) setConsent("granted");
		// What is always active is told before anybody has answered.
		else if (window.OneTrust?.IsAlertBoxClosed()) setConsent("denied");
	};
	window.addEventListener("OneTrustGroupsUpdated", ({ detail }) => look(detail));
	if (window.OnetrustActiveGroups) look(window.OnetrustActiveGroups.split(","));
}
