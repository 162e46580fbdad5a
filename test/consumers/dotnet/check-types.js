// Every type of the library has its C# file: a struct two, for it is an interface and a class.
// usage: node check-types.js <assembly> <project folder>
const { existsSync, readdirSync, readFileSync } = require('fs');
const { join } = require('path');

const [assembly, project] = process.argv.slice(2);
const { types } = JSON.parse(readFileSync(assembly, 'utf8'));

const files = Object.values(types).flatMap(({ name, datatype }) => datatype ? [`I${name}.cs`, `${name}.cs`] : [`${name}.cs`])
  .map((file) => join('CdkSagemakerJobs', file));
const tarballs = readdirSync(project).filter((file) => file.endsWith('.tgz'));
const missing = ['CdkSagemakerJobs.csproj', ...files].filter((file) => !existsSync(join(project, file)));
console.log({ types: Object.keys(types).length, tarballs, missing });
process.exitCode = missing.length === 0 && tarballs.length === 1 && files.length > 0 ? 0 : 1;
