export function follow(setConsent) {
	window.dataLayer ??= [];
	const { push } = window.dataLayer;
	const look = ({ 0: what, 1: when, 2: told }) => {
		if (what !== "consent" || told?.region || !told?.analytics_storage) return;
		if (told.analytics_storage === "granted") setConsent("granted");
		// That it is denied by default is no answer.
		else if (when === "update") setConsent("denied");
	};
	window.dataLayer.forEach(look);
	window.dataLayer.push = function (...entries) {
		entries.forEach(look);
		return push.apply(this, entries);
	};
}
