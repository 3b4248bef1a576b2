// Listens to everything that can go wrong unseen: the console, scripts, the content security policy, the network.

import type { BrowserContext, ConsoleMessage } from "@playwright/test";

export class Watch {
  private readonly problems: string[] = [];
  // A view transition that is cut short, because the next page is already there, is the browser's own affair.
  private readonly expected: RegExp[] = [/Transition was (aborted|skipped)/];

  constructor(hasScripts: boolean) {
    // Without scripts a browser refuses to fetch them, and what they would have used is left unused.
    if (!hasScripts) this.expected.push(/request failed: .*\.js \(csp\)/, /jishi\.wasm was preloaded/);
  }

  /** Says that a problem belongs to the test. */
  expect(problem: RegExp): void {
    this.expected.push(problem);
  }

  /** Listens to every page of a context, also to those that open later. */
  async over(context: BrowserContext): Promise<void> {
    context.on("console", (message) => this.console(message));
    context.on("weberror", (event) => {
      const error = event.error();
      this.note(`script error: ${error.name} ${error.message} ${error.stack ?? ""} (${event.page()?.url()})`);
    });
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "unknown";
      // A page that is left takes its open requests with it.
      if (why !== "net::ERR_ABORTED") this.note(`request failed: ${request.url()} (${why})`);
    });
    context.on("response", (response) => {
      if (response.status() >= 500) this.note(`status ${response.status()}: ${response.url()}`);
    });
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`Content Security Policy: ${event.violatedDirective} refused ${event.blockedURI}`);
      });
    });
  }

  /** What went wrong and was not expected. */
  unexpected(): string[] {
    return this.problems.filter((problem) => !this.expected.some((pattern) => pattern.test(problem)));
  }

  private console(message: ConsoleMessage): void {
    const isPolicy = message.text().includes("Content Security Policy");
    if (message.type() === "error" || message.type() === "warning" || isPolicy) {
      this.note(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  }

  private note(problem: string): void {
    this.problems.push(problem);
  }
}
