/**
 * Writes the part of aws-cdk-lib that C# sources use: all of it takes minutes to generate and to compile. A type that is not found in it fails to
 * compile, as it should.
 * usage: node part-of-cdk.js <repository> <folder> <source…>
 */
const { mkdirSync, readFileSync, symlinkSync, writeFileSync } = require('fs');
const { join } = require('path');
const { gunzipSync } = require('zlib');

const [repository, folder, ...sources] = process.argv.slice(2);
const cdk = join(repository, 'node_modules', 'aws-cdk-lib');
const assembly = JSON.parse(gunzipSync(readFileSync(join(cdk, '.jsii.gz'))));
const { types, submodules } = assembly;
const isIts = (fqn) => fqn in types;

/** The types that a declaration names. */
const referencesOf = (value) => value === null || typeof value !== 'object' ? [] : Object.entries(value)
  .flatMap(([key, each]) => key === 'fqn' && typeof each === 'string' ? [each] : referencesOf(each));
const membersOf = ({ initializer, methods = [], properties = [] }) => [initializer ?? [], ...methods, ...properties];
const basesOf = ({ base, interfaces = [] }) => [base ?? [], interfaces].flat().filter(isIts);

/** With what each of them needs to be declared: those that it extends, implements or is nested in. */
function complete(fqns) {
  const all = new Set();
  const add = (fqn) => {
    if (all.has(fqn)) return;
    all.add(fqn);
    const { assembly: name, namespace } = types[fqn];
    [...basesOf(types[fqn]), ...namespace !== undefined && isIts(`${name}.${namespace}`) ? [`${name}.${namespace}`] : []].forEach(add);
  };
  fqns.forEach(add);
  return all;
}

const text = sources.map((source) => readFileSync(source, 'utf8')).join('\n');
const words = new Set(text.match(/\b[A-Z]\w+\b/g));
const imported = new Set(text.match(/(?<=^\s*using )[\w.]+(?=;)/gm));
const namespaceOf = ({ assembly: name, namespace = '' }) => {
  const parts = namespace.split('.');
  const submodule = parts.map((_, index) => [name, ...parts.slice(0, parts.length - index)].join('.')).find((each) => each in submodules);
  return submodule === undefined ? assembly.targets.dotnet.namespace : submodules[submodule].targets.dotnet.namespace;
};
const library = Object.values(JSON.parse(readFileSync(join(repository, '.jsii'), 'utf8')).types);
/** Whose members are used or inherited, with all that the library names. */
const used = complete([
  ...Object.keys(types).filter((fqn) => words.has(types[fqn].name) && imported.has(namespaceOf(types[fqn]))),
  ...library.flatMap((type) => [...basesOf(type), ...referencesOf(type)]).filter(isIts),
]);
const kept = complete([...used, ...[...used].flatMap((fqn) => membersOf(types[fqn]).flatMap(referencesOf))].filter(isIts));

/** A type without the members that name others. */
function declaration(type) {
  const isKept = (member) => referencesOf(member).every((fqn) => !isIts(fqn) || kept.has(fqn));
  const { initializer, methods, properties, ...rest } = type;
  return {
    ...rest,
    ...initializer !== undefined && { initializer: isKept(initializer) ? initializer : {} },
    ...methods !== undefined && { methods: methods.filter(isKept) },
    ...properties !== undefined && { properties: properties.filter(isKept) },
  };
}

const { constructs } = assembly.dependencies;
const { author, description, jsii, license, repository: source, version } = JSON.parse(readFileSync(join(cdk, 'package.json'), 'utf8'));
mkdirSync(folder, { recursive: true });
symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
writeFileSync(join(folder, 'package.json'), JSON.stringify({
  name: 'aws-cdk-lib', version, author, description, jsii, license, repository: source, main: 'index.js', types: 'index.d.ts', files: ['.jsii'],
  peerDependencies: { constructs },
}));
writeFileSync(join(folder, '.jsii'), JSON.stringify({
  ...assembly, readme: undefined, bundled: undefined, dependencies: { constructs }, dependencyClosure: { constructs: assembly.dependencyClosure.constructs },
  submodules: Object.fromEntries(Object.entries(submodules).map(([name, { readme, ...rest }]) => [name, rest])),
  types: Object.fromEntries([...kept].map((fqn) => [fqn, declaration(types[fqn])])),
}));
console.log(`${kept.size} of ${Object.keys(types).length} types`);
