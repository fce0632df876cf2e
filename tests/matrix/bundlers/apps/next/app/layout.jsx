import { Usage } from "./usage.jsx";

export const metadata = { title: "Tasks", icons: "data:," };

export default function Layout({ children }) {
	return (
		<html lang="en">
			<body>
				<Usage>{children}</Usage>
			</body>
		</html>
	);
}
