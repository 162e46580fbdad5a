// Looks at the site in Chromium: readable on a phone, and its search finds what it should. Screenshots are in site/screenshots.
const { createReadStream, existsSync, mkdirSync, statSync } = require('fs');
const { createServer } = require('http');
const { extname, join, resolve } = require('path');
const { chromium } = require('playwright-core');

const site = resolve(process.argv[2]);
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const DESK = { viewport: { width: 1280, height: 900 } };
const PAGES = ['', 'cookbook/', 'troubleshooting/', 'comparison/', 'from-cfn-processing-job/', 'what-is-caught/', 'api/', 'api/ProcessingJob/', 'python/', 'decisions/'];
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' };

let passed = 0;
let failed = 0;
function check(name, ok) {
  ok ? passed++ : failed++;
  if (!ok) { console.log(`  FAILED  ${name}`); }
}

async function main() {
  const server = createServer(({ url }, response) => {
    let file = join(site, decodeURIComponent(url.split(/[?#]/)[0]));
    if (existsSync(file) && statSync(file).isDirectory()) { file = join(file, 'index.html'); }
    if (!existsSync(file)) { response.writeHead(404).end(); return; }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const root = `http://127.0.0.1:${server.address().port}/`;
  const browser = await chromium.launch({ executablePath: process.argv[3], args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const errors = [];
    const elsewhere = [];
    const pageOf = async (device) => {
      const page = await (await browser.newContext(device)).newPage();
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('response', (response) => { if (response.status() >= 400) { errors.push(`${response.status()} ${response.url()}`); } });
      // The theme asks GitHub for the number of stars.
      page.on('request', (request) => { if (!request.url().startsWith(root) && !/^(data:|https:\/\/api\.github\.com\/)/.test(request.url())) { elsewhere.push(request.url()); } });
      return page;
    };

    const phone = await pageOf(PHONE);
    for (const path of PAGES) {
      await phone.goto(root + path, { waitUntil: 'load' });
      const width = await phone.evaluate(() => document.documentElement.scrollWidth);
      check(`/${path} fits a phone: ${width} px of ${PHONE.viewport.width}`, width <= PHONE.viewport.width);
      const size = await phone.evaluate(() => parseFloat(getComputedStyle(document.querySelector('article p')).fontSize));
      check(`/${path} is legible: ${size} px`, size >= 14);
    }

    mkdirSync(join(site, 'screenshots'), { recursive: true });
    const page = await pageOf(DESK);
    for (const [name, path, tab] of [['home', '', page], ['cookbook-phone', 'cookbook/', phone], ['api', 'api/ProcessingJob/', page]]) {
      await tab.goto(root + path, { waitUntil: 'load' });
      const file = join(site, 'screenshots', `${name}.png`);
      await tab.screenshot({ path: file });
      console.log(`  ${file}`);
    }

    for (const [words, wanted] of [['ProcessingJob', '/api/ProcessingJob/'], ['CfnProcessingJob', '/from-cfn-processing-job/'], ['onFailed', '/cookbook/']]) {
      await page.goto(root, { waitUntil: 'load' });
      await page.click('.md-search__input');
      await page.keyboard.type(words);
      const found = await page.waitForFunction((part) => [...document.querySelectorAll('.md-search-result__link')].some(({ href }) => href.includes(part)),
        wanted, { timeout: 20_000 }).then(() => true, () => false);
      check(`the search for ${words} finds ${wanted}`, found);
    }
    check(`no errors: ${errors.join(', ')}`, errors.length === 0);
    check(`nothing is fetched from elsewhere: ${elsewhere.join(', ')}`, elsewhere.length === 0);
  } finally {
    await browser.close();
    server.close();
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main().catch((error) => { console.error(error); process.exitCode = 1; });
