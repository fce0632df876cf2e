/** The look of the overlay: its own, and the same in every host. */
export const css = `
:host { all: initial !important; display: contents !important; }
* { box-sizing: border-box; }
section {
	position: fixed; inset: 0 0 0 auto; margin: 0; width: min(34rem, 100vw); height: 100dvh; overflow: auto; z-index: 2147483647;
	border: 0; border-inline-start: 1px solid #80868e; padding: 1rem; background: #fff; color: #1c2024; font: 14px/1.5 system-ui, sans-serif; color-scheme: light dark;
	overflow-wrap: anywhere;
}
header { display: flex; gap: .5rem; align-items: center; position: sticky; inset-block-start: -1rem; padding-block: .5rem; background: inherit; }
h1 { font-size: 1rem; margin: 0; flex: 1; } h2 { font-size: .875rem; margin: 1rem 0 .25rem; }
button { font: inherit; min-height: 2rem; padding: .125rem .75rem; border: 1px solid #80868e; border-radius: .5rem; background: none; color: inherit; cursor: pointer; }
:focus-visible { outline: 3px solid #1f5fd1; outline-offset: 1px; }
ul { margin: 0; padding-inline-start: 1.125rem; list-style: none; } section > ul, div > ul { padding: 0; }
summary { cursor: pointer; padding-block: .125rem; } .yes { color: #17692f; } .no { color: #b3261e; } small { opacity: .8; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0; } dd { margin: 0; } p { margin: 0; }
@media (prefers-color-scheme: dark) { section { background: #1d2126; color: #f0f2f4; } .yes { color: #7bd88f; } .no { color: #ffb4ab; } :focus-visible { outline-color: #8ab4f8; } }
`;
