package dev.versicle.http.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import dev.versicle.TestServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The page in a real browser that can reach nothing but the server. */
@Isolated("writes a program and runs it, which fails as long as another process is just being born")
final class PageInABrowserTest {
    private static final List<String> ALONE = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");

    @TempDir
    private Path directory;

    private final Collection<String> asked = new ConcurrentLinkedQueue<>();
    private final Collection<String> complaints = new ConcurrentLinkedQueue<>();
    private TestServer server;
    private Playwright playwright;
    private BrowserContext browser;
    private Page page;

    @BeforeEach
    void start() {
        server = TestServer.start(directory.resolve("data"));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launchPersistentContext(
                        directory.resolve("profile"),
                        new LaunchPersistentContextOptions()
                                .setExecutablePath(chromium())
                                .setArgs(ALONE));
        browser.onRequest(request -> asked.add(request.url()));
        browser.onRequestFailed(request -> complaints.add(request.url() + " " + request.failure()));
        browser.onResponse(response -> Stream.of(response.status())
                .filter(status -> status >= 400)
                .forEach(status -> complaints.add(response.url() + " " + status)));
        browser.onConsoleMessage(message -> Stream.of(message.text())
                .filter(text -> List.of("error", "warning").contains(message.type()))
                .forEach(complaints::add));
        browser.onWebError(error -> complaints.add(error.error()));
        browser.route(url -> !isOurs(url), Route::abort);
        page = browser.newPage();
    }

    @AfterEach
    void stop() {
        browser.close();
        playwright.close();
        server.close();
    }

    private boolean isOurs(String url) {
        return url.startsWith(server.uri("/").toString()) || url.startsWith("data:");
    }

    private static Path chromium() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "chromium"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no chromium on the PATH."));
    }

    @Test
    void everyOperationOfEveryDocumentIsDrawnWithNothingFromElsewhere() {
        page.navigate(server.uri("/openapi").toString());
        for (ApiDocument document : ApiDocument.values()) {
            page.selectOption("#select", "openapi/" + document.file());
            Documents.Operation last = Documents.operations(tree(document)).getLast();
            page.locator(block(last)).waitFor();
            assertEquals(operations(document), drawn(), document.file());
            assertEquals(
                    tree(document).at("/info/title").asText(),
                    page.locator(".info .title").first().evaluate("title => title.firstChild.textContent"));
        }
        assertAlone();
    }

    @Test
    void anOperationIsTriedOutWithAKey() {
        page.navigate(server.uri("/openapi").toString());
        page.click(".auth-wrapper .authorize");
        page.fill("#auth-bearer-value", server.adminKey());
        page.click(".auth-btn-wrapper .authorize");
        page.click(".auth-btn-wrapper .btn-done");
        Locator list = page.locator("#operations-Prompt-get_prompts_user");
        list.locator(".opblock-summary-control").click();
        list.locator(".try-out__btn").click();
        list.locator(".execute").click();
        Locator status = list.locator(".live-responses-table .response .response-col_status");
        assertEquals("200", status.innerText().strip());
        assertTrue(
                asked.contains(server.uri("/api/prompts/user?page=1&limit=20").toString()), asked.toString());
        assertAlone();
    }

    @Test
    void theSlashAtTheEndLeadsToTheSamePage() {
        page.navigate(server.uri("/openapi/").toString());
        page.locator(".opblock").first().waitFor();
        assertEquals(server.uri("/openapi").toString(), page.url());
        assertAlone();
    }

    /** So that the page's silence means something: what it must not do is seen and stopped. */
    @Test
    void aRequestToElsewhereIsSeenAndStoppedByThePagesPolicy() {
        page.navigate(server.uri("/openapi").toString());
        page.locator(".opblock").first().waitFor();
        Object outcome = page.evaluate("fetch('http://example.org/').then(() => 'let out', () => 'kept in')");
        assertEquals("kept in", outcome);
        assertTrue(complaints.toString().contains("Content Security Policy"), complaints.toString());
    }

    private void assertAlone() {
        assertFalse(asked.isEmpty());
        assertEquals(List.of(), asked.stream().filter(url -> !isOurs(url)).toList());
        assertEquals(List.of(), List.copyOf(complaints));
    }

    private static JsonNode tree(ApiDocument document) {
        return Documents.tree(Documents.text(document));
    }

    private static String block(Documents.Operation operation) {
        return "#operations-" + operation.node().at("/tags/0").asText() + "-"
                + operation.node().get("operationId").asText();
    }

    private static Set<String> operations(ApiDocument document) {
        return new TreeSet<>(Documents.operations(tree(document)).stream()
                .map(Documents.Operation::address)
                .toList());
    }

    private Set<String> drawn() {
        return new TreeSet<>(page.locator(".opblock").all().stream()
                .map(block -> block.locator(".opblock-summary-method").innerText() + " "
                        + block.locator(".opblock-summary-path").getAttribute("data-path"))
                .toList());
    }
}
