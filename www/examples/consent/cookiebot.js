export function follow(setConsent) {
	const look = () => {
		const { consent, hasResponse } = window.Cookiebot ?? {};
		if (consent?.statistics) setConsent("granted");
		else if (hasResponse) setConsent("denied");
	};
	for (const name of ["CookiebotOnConsentReady", "CookiebotOnAccept", "CookiebotOnDecline"])
		window.addEventListener(name, look);
	look();
}
