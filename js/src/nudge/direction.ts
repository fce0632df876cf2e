/** Languages, or scripts, that are written from right to left. Not every browser has `Intl.Locale.getTextInfo`. */
const rightToLeft = /^(ar|ckb|dv|fa|he|iw|ps|sd|ug|ur|yi)\b|-(arab|hebr)\b/i;

/** The direction of what is written in this language (BCP 47). */
export const directionOf = (locale: string) => (rightToLeft.test(locale) ? "rtl" : "ltr");

/** That of the page, which has its start where its writing begins. */
export const isMirrored = () => getComputedStyle(document.body).direction === "rtl";
