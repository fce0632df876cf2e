/** Line icons on a grid of 20, drawn for this product. */
const paths = {
	overview: "M3.5 3.5h5.5v5.5H3.5zM11 3.5h5.5v5.5H11zM3.5 11h5.5v5.5H3.5zM11 11h5.5v5.5H11z",
	reports: "M4 16.5V9.5M8 16.5v-13M12 16.5v-9M16 16.5V6",
	team: "M7.2 9.3a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8zM1.8 16.5c.4-3 2.5-4.7 5.4-4.7s5 1.7 5.4 4.7M13 3.8a2.7 2.7 0 0 1 0 5.2M14.9 12.2c1.9.6 3 2.1 3.3 4.3",
	integrations: "M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0zM10 15v3",
	plans: "M3.5 10.5 10 4h6v6l-6.5 6.5zM13 7.2v.1",
	settings: "M3 6h7M14 6h3M3 14h3M10 14h7M12 4v4M8 12v4",
	plus: "M10 4v12M4 10h12",
	close: "m5 5 10 10M15 5 5 15",
	check: "m4.5 10.5 3.7 3.7L15.5 6.5",
	menu: "M3 6h14M3 10h14M3 14h14",
	board: "M3.5 3.5h3.6v13H3.5zM8.2 3.5h3.6v8.5H8.2zM12.9 3.5h3.6v10.5h-3.6z",
	list: "M7 5.5h9.5M7 10h9.5M7 14.5h9.5M3.5 5.5h.1M3.5 10h.1M3.5 14.5h.1",
	calendar: "M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5",
	person: "M10 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM4 17c.5-3.2 2.7-5 6-5s5.5 1.8 6 5",
	download: "M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13",
	more: "M4.5 10h.1M10 10h.1M15.5 10h.1",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
	return (
		<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
			<path d={paths[name]} />
		</svg>
	);
}
