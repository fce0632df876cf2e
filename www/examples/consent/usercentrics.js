/** The name of the service that you have made for Ripen. */
const service = "Ripen";

export function follow(setConsent) {
	const look = ({ services }) => {
		const { consent } = Object.values(services).find(({ name }) => name === service) ?? {};
		if (consent?.given) setConsent("granted");
		else if (consent?.type === "EXPLICIT") setConsent("denied");
	};
	window.addEventListener("UC_CONSENT", ({ detail }) => look(detail));
	window.__ucCmp?.getConsentDetails().then(look);
}
