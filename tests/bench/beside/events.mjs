// The same events for all: what a shop tracks, with seven properties that differ from event to event, and an id of ours,
// by which the endpoint counts. Used in the page.
const names = ["search", "catalog", "product_view", "add_to_cart", "cart", "purchase"];
const categories = ["Shoes", "Garden tools", "Coffee", "Books", "Bicycle parts"];
const places = ["search results", "recommended", "newsletter", "front page"];

/** The n-th: the same in each run, whoever tracks it. `label` makes its id unlike those of other phases. */
export function eventOf(label, n) {
	// A walk over the numbers below a prime, so that neighbours have little in common.
	const seed = (n * 7919 + 104_729) % 1_000_003;
	const pick = (list) => list[seed % list.length];
	return {
		name: pick(names),
		properties: {
			bench_id: `${label}-${n}`,
			product_id: `sku-${(seed * 31) % 100_000}`,
			category: pick(categories),
			price: (seed % 20_000) / 100,
			currency: "EUR",
			quantity: 1 + (seed % 4),
			placement: pick(places),
			in_stock: seed % 7 !== 0,
		},
	};
}
