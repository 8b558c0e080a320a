// Looks at HTML reports in a real browser: accessibility, requests, links, filters, narrow and wide.
//
//   npm install --no-save playwright-core axe-core      (in any folder; run this script from there)
//   node report.mjs report.html [report2.html ...] [--shots DIR]
//
// CHROMIUM names the browser, /usr/bin/chromium where it is not set. Ends with 1 where anything is wrong.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "from-here.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const given = process.argv.slice(2);
const at = given.indexOf("--shots");
const shots = at < 0 ? null : given.splice(at, 2)[1];
let wrong = 0;
const check = (fits, said) => {
  if (!fits) wrong += 1;
  console.log(`${fits ? "ok   " : "WRONG"} ${said}`);
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

const open = async (file, options) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requests = [];
  const errors = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(pathToFileURL(resolve(file)).href);
  return { context, page, requests, errors };
};

const violations = async (page) => {
  // Long reports lay out only what is in view; here all of it is looked at.
  await page.addStyleTag({ content: ".document { content-visibility: visible !important; }" });
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.map((one) => `${one.id} (${one.impact}): ${one.nodes.length} × ${one.nodes[0].target}: ${one.nodes[0].failureSummary}`);
};

const look = async (file) => {
  const name = basename(file, ".html");
  const views = {
    wide: { viewport: { width: 1280, height: 900 } },
    narrow: { viewport: { width: 390, height: 844 } },
    dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  };
  for (const [view, options] of Object.entries(views)) {
    const { context, page } = await open(file, { ...options, bypassCSP: true });
    const found = await violations(page);
    check(found.length === 0, `${name}, ${view}: axe ${found.join("\n      ")}`);
    if (shots) await page.screenshot({ path: join(shots, `${name}-${view}.png`), fullPage: false });
    if (shots) await page.screenshot({ path: join(shots, `${name}-${view}-full.png`), fullPage: true, clip: { x: 0, y: 0, width: options.viewport.width, height: 5000 } });
    await context.close();
  }

  const { context, page, requests, errors } = await open(file, { viewport: { width: 1280, height: 900 } });
  check(requests.length === 1, `${name}: ${requests.length} request (the page itself)`);
  check(errors.length === 0, `${name}: console ${errors.join("; ")}`);
  const dead = await page.evaluate(() => [...document.querySelectorAll("a[href^='#']")]
    .map((link) => link.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id)));
  check(dead.length === 0, `${name}: links within the page ${dead.slice(0, 5)}`);
  const notes = await page.locator(".finding").count();
  if (notes > 0) {
    const words = await page.locator(".finding .rule").first().textContent();
    await page.selectOption("select[name=rule]", words);
    const shown = await page.locator(".finding:visible").count();
    const expected = await page.locator(`.finding[data-rule="${words}"]`).count();
    check(shown === expected, `${name}: filter by rule shows ${shown} of ${notes}`);
    await page.locator("button[type=reset]").click();
    await page.waitForFunction((all) => document.querySelectorAll(".finding:not([hidden])").length === all, notes);
    await page.locator(".ref").first().focus();
    await page.keyboard.press("Enter");
    check(await page.evaluate(() => document.querySelector(":target")?.classList.contains("finding")), `${name}: number leads to note`);
    await page.locator(".finding:target .head a").first().focus();
    await page.keyboard.press("Enter");
    check(await page.evaluate(() => document.querySelector(":target")?.classList.contains("ref")), `${name}: note leads back`);
  }
  if (shots) await page.pdf({ path: join(shots, `${name}.pdf`), format: "A4", printBackground: false });
  await context.close();

  const still = await open(file, { viewport: { width: 320, height: 800 }, javaScriptEnabled: false });
  const filters = await still.page.locator("#filters").count();
  check(filters === 0 || !(await still.page.locator("#filters").isVisible()), `${name}, no script: no filters`);
  check(await still.page.locator(".finding:visible").count() === notes, `${name}, no script: all notes`);
  await still.context.close();

  const small = await open(file, { viewport: { width: 320, height: 800 }, bypassCSP: true });
  const width = await small.page.evaluate(() => document.documentElement.scrollWidth);
  check(width <= 320, `${name}, 320 px: ${width} px wide`);
  await small.context.close();
};

for (const file of given) await look(file);
await browser.close();
process.exitCode = wrong > 0 ? 1 : 0;
