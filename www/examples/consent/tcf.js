/** Store on a device, measure content, develop services: take those that your lawyers name. */
const purposes = [1, 8, 10];

export function follow(setConsent) {
	window.__tcfapi("addEventListener", 2, ({ gdprApplies, eventStatus, purpose }, success) => {
		if (success && gdprApplies === false) setConsent("granted");
		// While somebody is being asked (`cmpuishown`), what was before holds.
		else if (success && /^(tcloaded|useractioncomplete)$/.test(eventStatus))
			setConsent(purposes.every((each) => purpose.consents[each]) ? "granted" : "denied");
	});
}
