// Loads /docs/ in headless Chromium with every host but loopback refused, and reads the operations there.
// usage: node ci/browser.mjs BASE_URL FOLDER    (FOLDER/node_modules holds playwright-core)
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [base, tools] = process.argv.slice(2);
const { chromium } = createRequire(resolve(tools, 'package.json'))('playwright-core');
const home = new URL(base);
const profile = mkdtempSync(join(tmpdir(), 'docs-'));
const faults = [];

const browser = await chromium.launchPersistentContext(profile, {
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    // No name but loopback's is looked up, whatever asks.
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ],
});

async function visit(address, check) {
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`${address}: console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`${address}: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const local = ['data:', 'blob:'].includes(url.protocol) || url.host === home.host;
    if (!local) faults.push(`${address}: asks ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${address}: ${response.status()} ${response.url()}`);
  });
  await page.goto(base + address);
  await check(page);
  await page.close();
}

const document = await (await fetch(`${base}/openapi.json`)).json();
const operations = Object.values(document.paths).flatMap(Object.values).map((operation) => operation.operationId);

async function ours(page) {
  await page.waitForSelector('.opblock-tag', { timeout: 30_000 });
  const title = await page.textContent('.info .title');
  if (!title.includes('Wiredesk')) faults.push(`shows another document: ${title}`);
}

try {
  await visit('/docs/', async (page) => {
    await ours(page);
    const groups = await page.locator('.opblock-tag').count();
    if (groups !== document.tags.length) faults.push(`${groups} groups are shown of ${document.tags.length}`);
    const closed = page.locator('.opblock-tag[data-is-open="false"]');
    for (let left = groups; left > 0 && (await closed.count()) > 0; left -= 1) await closed.first().click();
    const shown = await page.locator('.opblock').count();
    if (shown !== operations.length) faults.push(`${shown} operations are shown of ${operations.length}`);
    // One is opened, sent and answered.
    await page.locator('#operations-installation-get_health .opblock-summary-control').click();
    await page.locator('.try-out__btn').click();
    await page.locator('.execute').click();
    await page.waitForSelector('.live-responses-table .response-col_status');
    const status = await page.textContent('.live-responses-table .response .response-col_status');
    if (!status.includes('200')) faults.push(`trying /healthz out gave ${status}`);
  });
  for (const evil of ['?url=https://evil.example/o.json', '?configUrl=https://evil.example/c.json',
    '#/%3Cimg%20src=x%20onerror=alert(1)%3E']) {
    await visit(`/docs/${evil}`, ours);
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`/docs/ shows ${operations.length} operations in ${document.tags.length} groups, asks no other host, logs no error`);
