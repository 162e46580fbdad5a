// Writes a bill of materials (CycloneDX) of the packages whose code is in the bundle of the handler, as esbuild has recorded it.
// It has no time and no serial number: the same bundle has the same bill.
const { existsSync, readFileSync, writeFileSync } = require('fs');
const { dirname, join } = require('path');

const [metafile, bill] = process.argv.slice(2);
const { name, license, outputs } = { ...require('../../package.json'), ...JSON.parse(readFileSync(metafile, 'utf8')) };

/** The package of a file: that of the nearest package.json with a version, for some only tell the kind of the modules. */
function packageOf(file) {
  for (let folder = dirname(file); folder.includes('node_modules'); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    const found = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
    if (found.name && found.version) { return found; }
  }
  return undefined;
}

const files = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs)).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
const packages = new Map(files.map(packageOf).filter(Boolean).map((each) => [`pkg:npm/${each.name.replace('@', '%40')}@${each.version}`, each]));
const components = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([purl, each]) => ({
  'type': 'library', 'bom-ref': purl, 'name': each.name, 'version': each.version, 'licenses': [{ license: { id: each.license } }], purl,
}));
const metadata = { component: { 'type': 'application', 'bom-ref': 'handler', 'name': `${name}/assets/handler`, 'licenses': [{ license: { id: license } }] } };
writeFileSync(bill, `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata, components }, undefined, 2)}\n`);
