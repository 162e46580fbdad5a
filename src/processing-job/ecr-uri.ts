import { CfnDynamicReference, Fn, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';

/** The repository of an image. Each part may be a token or contain one. */
export interface EcrRepository {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
}

const PART = String.raw`((?:\$\{Token\[[^\]]+\]\}|[^./:@])+)`;

/** URIs of private registries, including their FIPS and dual-stack endpoints. */
const ECR_URI = new RegExp(String.raw`^${PART}\.dkr[.-]ecr(?:-fips)?\.${PART}\.[^/]+/(.+)$`, 's');

/** The repository of a URI that is known at synth. */
export function repositoryOf(uri: string): EcrRepository | undefined {
  const [, account, region, rest] = ECR_URI.exec(uri) ?? [];
  return account === undefined ? undefined : { account, region, repository: nameIn(rest) };
}

/** Whether this is, or with tokens may become, the URI of an image in a private repository of Amazon ECR. */
export function mayBeInEcr(uri: string): boolean {
  const said = repositoryOf(uri);
  if (said !== undefined) {
    return matches(said.account, /^\d{12}$/) && matches(said.region, /^[a-z]{2,}(-[a-z]+)+-\d+$/) && said.repository !== '';
  }
  const [host] = uri.split(/[/:]/);
  return isKnownLater(host);
}

/** Whether the text contains a value that only CloudFormation knows. */
export function isKnownLater(text: string): boolean {
  return Token.isUnresolved(text) || text.includes('{{resolve');
}

/** Expressions that find the repository of a URI at deployment. Undefined when CloudFormation cannot find it. */
export function repositoryAtDeployment(stack: Stack, uri: string): EcrRepository | undefined {
  if (isDynamicReference(uri)) {
    return undefined; // CloudFormation resolves such a value after it has split texts
  }
  const slash = uri.indexOf('/');
  const host = slash === -1 ? Fn.select(0, Fn.split('/', uri)) : uri.slice(0, slash);
  const labels = Fn.split('.', host);
  return {
    account: Fn.select(0, labels),
    region: Fn.select(3, labels),
    repository: slash === -1 ? nameOf(pathAtDeployment(stack, uri)) : nameIn(uri.slice(slash + 1)),
  };
}

/** The part after the host. `Fn::Split` needs a known separator, so it splits at the end of the host, not at the host itself. */
function pathAtDeployment({ region }: Stack, uri: string): string {
  if (!Token.isUnresolved(region)) {
    return Fn.select(1, Fn.split(`.${RegionInfo.get(region).domainSuffix ?? 'amazonaws.com'}/`, uri));
  }
  const alike = Fn.join('.com/', Fn.split('.com.cn/', uri));
  return Fn.select(1, Fn.split('.amazonaws.com/', alike));
}

/** The name of the repository, without tag or digest. */
function nameIn(path: string): string {
  const [name, ...others] = path.split(/[:@]/);
  // A token at the end may contain a tag.
  return others.length === 0 && /\]\}$/.test(name) ? nameOf(name) : name;
}

function nameOf(path: string): string {
  return Fn.select(0, Fn.split('@', Fn.select(0, Fn.split(':', path))));
}

function isDynamicReference(uri: string): boolean {
  return uri.includes('{{resolve:') || Tokenization.reverseString(uri).tokens.some((token) => token instanceof CfnDynamicReference);
}

function matches(value: string, pattern: RegExp): boolean {
  return Token.isUnresolved(value) || pattern.test(value);
}
