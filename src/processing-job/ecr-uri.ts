import { CfnDynamicReference, Fn, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { show } from '../validation/problems';

/** The repository of an image. Each part may be a token or contain one. */
export interface EcrRepository {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
}

const TOKEN = String.raw`\$\{Token\[[^\]]+\]\}`;
const PART = String.raw`((?:${TOKEN}|[^./:@])+)`;

/** URIs of private registries, including their FIPS and dual-stack endpoints. */
const ECR_URI = new RegExp(String.raw`^${PART}\.dkr(?<separator>[.-])ecr(?:-fips)?\.${PART}\.(?<domain>[^/]+)/(?<path>.+)$`, 's');

/** As the registry's protocol defines it, which allows a little more than Amazon ECR does for new repositories. */
const NAME = /^[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The repository of a URI that is known at synth. */
export function repositoryOf(uri: string): EcrRepository | undefined {
  const [, account, , region, , path] = ECR_URI.exec(uri) ?? [];
  return account === undefined ? undefined : { account, region, repository: nameIn(path) };
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

/** What is wrong with the URI of an image in Amazon ECR, as far as its tokens let it be known. */
export function ecrUriProblem(uri: string): { readonly allowed: string; readonly remedy: string } | undefined {
  const { domain, path, separator } = ECR_URI.exec(uri)?.groups ?? {};
  if (path === undefined || uri.includes('{{resolve')) {
    return undefined;
  }
  const { region } = repositoryOf(uri)!;
  const expected = Token.isUnresolved(region) || separator === '-' ? undefined : RegionInfo.get(region).domainSuffix;
  if (expected !== undefined && !Token.isUnresolved(domain) && domain !== expected) {
    return { allowed: `must have the domain '${expected}', which that of ${region} is`, remedy: `Write ${show(uri.replace(`.${domain}/`, `.${expected}/`))}.` };
  }
  const remedy = "Write the URI that Amazon ECR shows, such as '<repository>:<tag>' or '<repository>@sha256:<64 hexadecimal digits>' after the domain.";
  const [, name, tag, digest] = /^([^:@]*)(?::([^@]*))?(?:@(.*))?$/s.exec(path)!.map((part) => part?.replace(new RegExp(TOKEN, 'g'), '0'));
  if (!NAME.test(name)) {
    return { allowed: 'must name a repository, which has lower-case letters and digits, and one of . _ - / between them', remedy };
  }
  if (tag !== undefined && !TAG.test(tag)) {
    return { allowed: 'must have a tag after the colon, of at most 128 letters, digits and . _ -', remedy };
  }
  return digest === undefined || DIGEST.test(digest) || Token.isUnresolved(path.split('@')[1]) ? undefined
    : { allowed: "must have a digest after the @: 'sha256:' and 64 hexadecimal digits", remedy };
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
