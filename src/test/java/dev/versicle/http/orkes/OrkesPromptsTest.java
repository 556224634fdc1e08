package dev.versicle.http.orkes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.Git;
import dev.versicle.TestServer;
import dev.versicle.prompt.NamedPrompts;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations on prompts, their versions and their tags, by plain HTTP. */
class OrkesPromptsTest {
    @TempDir
    private static Path data;

    private static TestServer server;

    private OrkesClient alice;
    private OrkesClient bob;
    private String name = "";

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open(TestInfo test) {
        alice = OrkesClient.of(server, TestServer.caller("alice"));
        bob = OrkesClient.of(server, TestServer.caller("bob"));
        name = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void close() {
        alice.close();
        bob.close();
    }

    private String path() {
        return "/prompts/" + name;
    }

    private void save(String query, String text) {
        assertEquals(
                "",
                alice.post(path() + "?description=d" + query, text).being(200).text());
    }

    private void update(String query, String text) {
        assertEquals(
                "",
                alice.put(path() + "?description=d" + query, text).being(200).text());
    }

    private JsonNode latest() {
        return alice.get(path()).being(200).json();
    }

    private String read(String query) {
        return alice.get(path() + query).being(200).get("template");
    }

    private List<Integer> numbers() {
        return alice.get(path() + "/versions").being(200).numbers();
    }

    private Git git() {
        PromptId id = server.part(PromptIndex.class)
                .find(Namespace.DEFAULT, new PromptName(name))
                .orElseThrow();
        return new Git(server.repository(id.hex()));
    }

    @Test
    void aTemplateHasEveryFieldOfTheVendors() {
        alice.post(path() + "?description=About%20it", "Hello ${user}, ${ user } and ${place}! $${not} ${}")
                .being(200);

        JsonNode template = latest();

        assertEquals(name, template.get("name").textValue());
        assertEquals(
                "Hello ${user}, ${ user } and ${place}! $${not} ${}",
                template.get("template").textValue());
        assertEquals("About it", template.get("description").textValue());
        assertEquals(1, template.get("version").intValue());
        assertEquals("[\"place\",\"user\"]", template.get("variables").toString());
        assertEquals("[]", template.get("integrations").toString());
        assertEquals("[]", template.get("tags").toString());
        assertEquals("alice", template.get("createdBy").textValue());
        assertEquals("alice", template.get("updatedBy").textValue());
        assertTrue(template.get("createTime").longValue() > 1_700_000_000_000L);
        assertTrue(template.get("updateTime").longValue()
                >= template.get("createTime").longValue());
        assertEquals(template.get("createTime"), template.get("createdOn"));
        assertEquals(template.get("updateTime"), template.get("updatedOn"));
        assertEquals("[" + template + "]", alice.get(path() + "/versions").text());
    }

    /** Seed 003. */
    @Test
    void withoutVersionAndAutoIncrementVersionOneIsOverwritten() {
        save("", "one");
        save("", "one, again");
        assertEquals(List.of(1), numbers());
        assertEquals("one, again", latest().get("template").textValue());
    }

    /** Seed 003. */
    @Test
    void autoIncrementTakesTheNextNumberAndIgnoresTheVersion() {
        save("&autoIncrement=true&version=9", "one");
        save("&autoIncrement=true&version=1", "two");
        save("&autoIncrement=true", "two");
        assertEquals(List.of(2, 1), numbers());
    }

    @Test
    void overwritingVersionOneTenTimesThenFiveAndThreeKeepsEveryText() {
        for (int i = 1; i <= 10; i++) {
            save("", "one, for the " + i + "th time");
        }
        save("&version=5", "five");
        save("&version=3", "three");

        assertEquals(List.of(5, 3, 1), numbers());
        assertEquals("five", latest().get("template").textValue());
        assertEquals("three", read("?version=3"));
        assertEquals("one, for the 10th time", read("?version=1"));
        Set<String> ever = git().lines("log", "--all", "-p", "--format=").stream()
                .filter(line -> line.startsWith("+") && !line.startsWith("+++"))
                .map(line -> line.substring(1))
                .collect(Collectors.toSet());
        assertTrue(ever.containsAll(IntStream.rangeClosed(1, 10)
                .mapToObj(i -> "one, for the " + i + "th time")
                .toList()));
        assertTrue(ever.containsAll(List.of("five", "three")));
        git().requireSound();
    }

    @Test
    void theNextNumberIsAboveEveryOneEverGiven() {
        save("&version=7", "seven");
        save("&autoIncrement=true", "eight");
        alice.delete(path() + "/versions/8").being(200);
        save("&autoIncrement=true", "nine");
        assertEquals(List.of(9, 7), numbers());
    }

    @Test
    void overwritingStartsTheMetadataAnew() {
        alice.post(path() + "?description=first", "one").being(200);
        alice.post(path() + "?description=second", "one").being(200);
        assertEquals("second", latest().get("description").textValue());
        alice.post(path() + "?description=", "one").being(200);
        assertEquals("", latest().get("description").textValue());
    }

    @Test
    void aPutMakesVersionOneAndThenUpdatesTheLatestInPlace() {
        update("", "one");
        assertEquals(List.of(1), numbers());
        save("&version=4", "four");
        JsonNode before = latest();

        update("", "four, better");
        update("&version=1", "one, better");

        JsonNode after = latest();
        assertEquals(List.of(4, 1), numbers());
        assertEquals("four, better", after.get("template").textValue());
        assertEquals(before.get("createdBy"), after.get("createdBy"));
        assertEquals(before.get("createTime"), after.get("createTime"));
        assertEquals("one, better", read("?version=1"));
    }

    @Test
    void aPutMayNameAVersionThatIsNotThereYet() {
        update("&version=3", "three");
        assertEquals(List.of(3), numbers());
    }

    @Test
    void whoMayNotUpdateIsRefused() {
        save("", "mine");
        assertEquals(403, bob.post(path() + "?description=d", "his").status());
        assertEquals(403, bob.put(path() + "?description=d", "his").status());
        assertEquals(403, bob.delete(path()).status());
        assertEquals(403, bob.get(path()).status());
        assertEquals(403, bob.put(path() + "/tags", "[]").status());
        assertEquals("mine", latest().get("template").textValue());
    }

    @Test
    void anUnknownModelIsNotFoundAndNothingIsWritten() {
        OrkesClient.Answer answer = alice.post(path() + "?description=d&models=openai:gpt", "one");
        assertEquals(404, answer.status());
        assertEquals("There is no model openai:gpt.", answer.get("message"));
        assertEquals(404, alice.get(path()).status());
        assertEquals(
                400, alice.post(path() + "?description=d&models=nocolon", "one").status());
        String many = IntStream.rangeClosed(0, OrkesQuery.MODELS_MAX)
                .mapToObj(i -> "&models=a:" + i)
                .collect(Collectors.joining());
        assertEquals(400, alice.post(path() + "?description=d" + many, "one").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2147483647", "2147483648", "1.5", "one", ""})
    void aVersionIsANumberFromOneToTheHighest(String version) {
        assertEquals(
                400,
                alice.post("/prompts/x?description=d&version=" + version, "t").status());
        assertEquals(
                400,
                alice.put("/prompts/x?description=d&version=" + version, "t").status());
        assertEquals(400, alice.get("/prompts/x?version=" + version).status());
    }

    @Test
    void theHighestVersionIsAllowed() {
        save("&version=2147483646", "last");
        assertEquals(List.of(2147483646), numbers());
        assertEquals(400, alice.delete(path() + "/versions/0").status());
        assertEquals(400, alice.delete(path() + "/versions/x").status());
    }

    @Test
    void theDescriptionIsRequiredAndAutoIncrementIsTrueOrFalse() {
        assertEquals(
                "description is required.", alice.post(path(), "t").being(400).get("message"));
        assertEquals(
                "description is required.", alice.put(path(), "t").being(400).get("message"));
        assertEquals(
                400,
                alice.post(path() + "?description=d&autoIncrement=yes", "t").status());
        save("&autoIncrement=false", "one");
        save("&autoIncrement=false", "one, again");
        assertEquals(List.of(1), numbers());
    }

    @Test
    void theLongestDescriptionFitsIntoTheQuery() {
        String longest = "%F0%9F%98%80".repeat(PromptSettings.DESCRIPTION_CHARACTERS_MAX);
        alice.post(path() + "?description=" + longest, "t").being(200);
        assertEquals(
                "😀".repeat(PromptSettings.DESCRIPTION_CHARACTERS_MAX),
                latest().get("description").textValue());
    }

    @Test
    void aListHasTheLatestVersionOfEachPromptThatTheCallerMayRead() {
        save("", "one");
        save("&autoIncrement=true", "two");

        List<JsonNode> mine = Stream.of(alice.get("/prompts"), alice.get("/prompts/"))
                .map(answer -> answer.being(200).json())
                .toList();

        assertEquals(mine.getFirst(), mine.getLast());
        List<String> here = StreamSupport.stream(mine.getFirst().spliterator(), false)
                .filter(item -> item.get("name").textValue().equals(name))
                .map(item -> item.get("template").textValue())
                .toList();
        assertEquals(List.of("two"), here);
        assertEquals("[]", bob.get("/prompts").text());
    }

    @Test
    void moreVersionsThanAPageHasAreAllListed() {
        for (int i = 1; i <= 205; i++) {
            save("&autoIncrement=true", "version " + i);
        }
        assertEquals(IntStream.rangeClosed(1, 205).map(i -> 206 - i).boxed().toList(), numbers());
    }

    @Test
    void deletingTheLastVersionDeletesThePrompt() {
        save("", "one");
        save("&autoIncrement=true", "two");
        assertEquals("", alice.delete(path() + "/versions/2").being(200).text());
        assertEquals(404, alice.get(path() + "?version=2").status());
        assertEquals("one", latest().get("template").textValue());
        assertEquals(404, alice.delete(path() + "/versions/2").status());

        alice.delete(path() + "/versions/1").being(200);
        assertEquals(404, alice.get(path()).status());
    }

    @Test
    void aDeletedPromptIsGoneWithItsTags() {
        save("", "one");
        assertEquals("", alice.delete(path()).being(200).text());
        assertEquals(404, alice.get(path()).status());
        assertEquals(404, alice.get(path() + "/versions").status());
        assertEquals(404, alice.get(path() + "/tags").status());
        assertEquals(404, alice.delete(path()).status());
    }

    @Test
    void tagsAreAddedAndTakenAwayByKeyAndValue() {
        save("", "one");
        String red = "{\"key\":\"colour\",\"value\":\"red\",\"type\":\"METADATA\"}";
        String blue = "{\"key\":\"colour\",\"value\":\"blue\",\"type\":\"METADATA\"}";
        alice.put(path() + "/tags", "[" + red + "," + blue + "," + red + "]").being(200);
        save("&autoIncrement=true", "two");
        assertEquals("[" + blue + "," + red + "]", alice.get(path() + "/tags").text());
        assertEquals("[" + blue + "," + red + "]", latest().get("tags").toString());

        String without = "[{\"key\":\"colour\",\"value\":\"red\"},{\"key\":\"no\",\"value\":\"such\"}]";
        alice.send("DELETE", path() + "/tags", BodyPublishers.ofString(without)).being(200);
        assertEquals("[" + blue + "]", alice.get(path() + "/tags").text());
    }

    /** The JS SDK sends it so. */
    @Test
    void tagsAreTakenAwayByADeleteWithAChunkedBody() {
        save("", "one");
        byte[] tags = "[{\"key\":\"a\",\"value\":\"b\"}]".getBytes(StandardCharsets.UTF_8);
        alice.send("PUT", path() + "/tags", BodyPublishers.ofByteArray(tags)).being(200);
        alice.send("DELETE", path() + "/tags", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tags)))
                .being(200);
        assertEquals("[]", alice.get(path() + "/tags").text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[1]",
                "[{\"key\":\"a\"}]",
                "[{\"value\":\"a\"}]",
                "[{\"key\":\"a\",\"value\":1}]",
                "[{\"key\":\" \",\"value\":\"b\"}]",
                "[{\"key\":\"a\",\"value\":\"b\",\"type\":\"RATE_LIMIT\"}]",
                "[{\"key\":\"a\",\"value\":\"b\"}",
            })
    void tagsThatAreNoneAreRefused(String tags) {
        alice.post("/prompts/tagged?description=d", "t").being(200);
        assertEquals(400, alice.put("/prompts/tagged/tags", tags).status());
    }

    @Test
    void manyPromptsAreSavedAtOnce() {
        save("", "one");
        Map<String, Object> next = Map.of("name", name, "template", "two", "version", 2, "description", "second");
        Map<String, Object> other = Map.of(
                "name",
                name + "/other",
                "template",
                "\"quoted\" ${x}",
                "integrations",
                List.of(),
                "tags",
                List.of(Map.of("key", "a", "value", "b")));

        alice.post("/prompts/", OrkesClient.written(List.of(next, other))).being(200);
        alice.post("/prompts", OrkesClient.written(List.of(next))).being(200);

        assertEquals(List.of(2, 1), numbers());
        assertEquals("second", latest().get("description").textValue());
        JsonNode made = alice.get(path() + "%2Fother").being(200).json();
        assertEquals("\"quoted\" ${x}", made.get("template").textValue());
        assertEquals(1, made.get("version").intValue());
        assertEquals("a", made.get("tags").get(0).get("key").textValue());
    }

    @Test
    void whatAListGivesCanBeSavedAgain() {
        save("&version=3", "three");
        String all = alice.get(path() + "/versions").text();
        alice.delete(path()).being(200);
        alice.post("/prompts/", all).being(200);
        assertEquals(List.of(3), numbers());
        assertEquals("three", latest().get("template").textValue());
    }

    @Test
    void ofManyPromptsNoneIsSavedWhereOneMayNotBe() {
        save("", "mine");
        String both = OrkesClient.written(
                List.of(Map.of("name", name + "2", "template", "new"), Map.of("name", name, "template", "his")));
        OrkesClient.Answer answer = bob.post("/prompts/", both).being(403);
        assertEquals("You lack UPDATE on " + name + ".", answer.get("message"));
        assertEquals(404, bob.get("/prompts/" + name + "2").status());
        for (String wrong : List.of(
                "[{\"name\":\"" + name + "2\",\"template\":\"t\"},{\"name\":\"x\"}]",
                "[{\"name\":\"" + name + "2\",\"template\":\"t\"},{\"name\":\"x\",\"template\":\"t\",\"version\":0}]",
                "[{\"name\":\"" + name + "2\",\"template\":\"t\"},1]",
                "{}")) {
            assertEquals(400, alice.post("/prompts/", wrong).status(), wrong);
        }
        String unknown = "[{\"name\":\"" + name + "2\",\"template\":\"t\"},"
                + "{\"name\":\"x\",\"template\":\"t\",\"integrations\":[\"a:b\"]}]";
        assertEquals(404, alice.post("/prompts/", unknown).status());
        assertEquals(404, alice.get("/prompts/" + name + "2").status());
    }

    @Test
    void aRequestBringsAThousandItemsAtMost() {
        save("", "one");
        String tag = "{\"key\":\"a\",\"value\":\"b\"}";
        alice.put(path() + "/tags", "[" + (tag + ",").repeat(OrkesJson.ITEMS_MAX - 1) + tag + "]")
                .being(200);
        alice.put(path() + "/tags", "[" + (tag + ",").repeat(OrkesJson.ITEMS_MAX) + tag + "]")
                .being(400);
    }

    @Test
    void theReadmeSaysTheLimits() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (String row : List.of(
                "| versions in a list of Orkes' | the highest " + NamedPrompts.VERSIONS_MAX + " |",
                "| prompts or tags of one request | " + OrkesJson.ITEMS_MAX + " |",
                "| models of a prompt in one request | " + OrkesQuery.MODELS_MAX + " |",
                "| tags of a prompt | " + PromptSettings.TAGS_MAX + ", key and value of " + Tag.CHARACTERS_MAX
                        + " characters")) {
            assertTrue(readme.contains(row), row);
        }
    }
}
