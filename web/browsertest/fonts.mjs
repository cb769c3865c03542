// Makes the site's typeface out of Newsreader, as npm has it, and puts it where
// the program embeds it: for the pages a roman and an italic with their license,
// for the cards one font in the format that Go can read. From this folder, after
// npm ci:
//
//	node fonts.mjs
//
// The same versions give the same bytes, and a test compares them. Whoever writes
// in a language that needs other letters adds them here.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import subset from "subset-font";

const root = process.argv[2] ?? path.join(import.meta.dirname, "..", "..");
const source = path.join(import.meta.dirname, "node_modules", "@fontsource-variable", "newsreader");

const ascii = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 0x20 + i));
const letters = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØŒÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøœùúûüýþÿ";
const others = "\u00a0¡¿«»‹›‘’‚“”„–—…·•−×§©®™£€½";

// One weight and one optical size, for headings between 20 and 80 pixels: if
// either could vary, a font would take twice the bytes. The weight is a little
// more than regular, since the smallest headings stand beside a sans serif, and
// more again on cards, which are mostly seen at half their size.
const fonts = {
	"static/newsreader.woff2": { style: "normal", wght: 430, opsz: 36, keepFeatures: ["kern", "liga", "pnum", "tnum"] },
	"static/newsreader-italic.woff2": { style: "italic", wght: 430, opsz: 36, keepFeatures: ["kern", "liga"] },
	"web/card/newsreader.ttf": { style: "normal", wght: 480, opsz: 36, keepFeatures: ["kern"] },
};

for (const folder of ["static", "web/card"]) await mkdir(path.join(root, folder), { recursive: true });
for (const [name, { style, wght, opsz, keepFeatures }] of Object.entries(fonts)) {
	const whole = await readFile(path.join(source, "files", `newsreader-latin-opsz-${style}.woff2`));
	const font = await subset(whole, ascii + letters + others, {
		targetFormat: name.endsWith(".ttf") ? "sfnt" : "woff2",
		variationAxes: { wght, opsz },
		keepFeatures,
		preserveNameIds: [0, 13, 14], // copyright and license
		noHinting: true,
	});
	await writeFile(path.join(root, name), font);
}
await copyFile(path.join(source, "LICENSE"), path.join(root, "static", "newsreader-license.txt"));
