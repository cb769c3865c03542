// Checks structured data: JSON on standard input, [{"page": "/path", "data": …}],
// one line a mistake on standard output, each beginning with its page.
//
// Each graph is checked twice, both offline: as a literal of the types that
// schema-dts generates from schema.org's vocabulary, by TypeScript, which knows
// every type, property and kind of value; and by the rules for rich results,
// which know what must not be missing.
import Validator from '@adobe/structured-data-validator';
import { text } from 'node:stream/consumers';
import ts from 'typescript';

const pages = JSON.parse(await text(process.stdin));

// One constant a line, so that the line of a mistake tells its page.
const source = [
  `import type { Graph } from 'schema-dts';`,
  ...pages.map(({ data }, i) => `export const page${i}: Graph = ${JSON.stringify(data)};`),
].join('\n');

const name = `${import.meta.dirname}/graphs.ts`;
const options = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};
const host = ts.createCompilerHost(options);
const { getSourceFile, fileExists } = host;
host.fileExists = (file) => file === name || fileExists(file);
host.getSourceFile = (file, ...rest) =>
  file === name ? ts.createSourceFile(file, source, ...rest) : getSourceFile(file, ...rest);

const report = (page, what) => console.log(`${page}: ${what}`);

for (const mistake of ts.getPreEmitDiagnostics(ts.createProgram([name], options, host))) {
  const what = ts.flattenDiagnosticMessageText(mistake.messageText, ' ');
  if (mistake.file?.fileName !== name) {
    report('schema-dts', what);
    continue;
  }
  const { line } = mistake.file.getLineAndCharacterOfPosition(mistake.start);
  const at = source.slice(mistake.start, mistake.start + 60).split('\n')[0];
  report(pages[line - 1]?.page ?? 'schema-dts', `${what.slice(0, 300)} (at ${at})`);
}

for (const { page, data } of pages) {
  const byType = {};
  for (const node of data['@graph'] ?? []) {
    (byType[node['@type']] ??= []).push(node);
  }
  for (const issue of await new Validator().validate({ jsonld: byType, errors: [] })) {
    if (issue.severity === 'ERROR') {
      report(page, `${issue.rootType}: ${issue.issueMessage}`);
    }
  }
}
