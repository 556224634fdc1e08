package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.auth.ApiKeyText;
import dev.versicle.prompt.ApiKey;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.KeyDesk;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.NewKey;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in a real {@code system.git}. */
class KeyDeskTest {
    private static final Namespace ACME = new Namespace("acme");
    private static final Caller ADMIN = caller("root", Role.ADMIN);
    private static final Caller WRITER = caller("walter", Role.WRITER);
    private static final Caller READER = caller("rita", Role.READER);

    @TempDir
    private Path root;

    private House house;
    private KeyDesk desk;

    @BeforeEach
    void open() {
        house = new House(root);
        desk = desk(house);
    }

    @AfterEach
    void close() {
        house.requireSound();
        house.close();
    }

    private static KeyDesk desk(House house) {
        return new KeyDesk(house.system, ApiKeyText.mint(new Random(3)), house.now::get);
    }

    private static Caller caller(String subject, Role... roles) {
        return new Caller(subject, Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(roles));
    }

    private static NewKey key(String name, Role... roles) {
        return new NewKey(name, Optional.empty(), Optional.empty(), Set.of(roles), Optional.empty());
    }

    private static NewKey in(Namespace namespace) {
        return new NewKey("bot", Optional.empty(), Optional.of(namespace), Set.of(), Optional.empty());
    }

    private static NewKey of(String subject) {
        return new NewKey("bot", Optional.of(subject), Optional.empty(), Set.of(), Optional.empty());
    }

    private void assertForbidden(Caller caller, NewKey wanted) {
        PromptException refusal = assertThrows(PromptException.class, () -> desk.create(caller, wanted));
        assertInstanceOf(Problem.Forbidden.class, refusal.problem());
        assertEquals(List.of(), house.system.all());
    }

    @Test
    void anAdministratorsKeyIsForWhoItIsNamedAfter() {
        ApiKey made = desk.create(ADMIN, key("ci", Role.WRITER)).key();
        assertEquals("ci", made.bearer().subject());
        assertEquals(Set.of(Role.WRITER), made.bearer().roles());
        assertEquals("root", made.issue().by());
    }

    @Test
    void anAdministratorNamesAnySubjectAndNamespace() {
        ApiKey named = desk.create(ADMIN, of("paula")).key();
        assertEquals("paula", named.bearer().subject());
        assertEquals(ACME, desk.create(ADMIN, in(ACME)).key().bearer().namespace());
    }

    @Test
    void anybodyElsesKeyIsForThemselves() {
        ApiKey made = desk.create(WRITER, key("laptop", Role.WRITER)).key();
        assertEquals("walter", made.bearer().subject());
        assertEquals(Namespace.DEFAULT, made.bearer().namespace());
        assertEquals("laptop", made.issue().name());
    }

    @Test
    void nobodyGivesAwayMoreThanTheyHave() {
        assertForbidden(WRITER, key("more", Role.ADMIN));
        assertForbidden(READER, key("more", Role.WRITER));
        assertForbidden(READER, key("creates"));
        assertForbidden(WRITER, of("somebody"));
        assertForbidden(WRITER, in(ACME));
    }

    @Test
    void aKeyIsFoundByItsTextAfterARestart() {
        KeyDesk.Made made = desk.create(WRITER, key("laptop", Role.WRITER));
        house.close();
        house = new House(root);
        ApiKeyText text = ApiKeyText.parse(made.text().text()).orElseThrow();
        ApiKey kept = house.system.find(text.id()).orElseThrow();
        assertEquals(made.key(), kept);
        assertEquals(text.secretHash(), kept.secretHash());
    }

    @Test
    void everybodySeesTheirOwnKeysAndAdministratorsSeeAll() {
        ApiKey first = desk.create(WRITER, key("first", Role.WRITER)).key();
        house.tick(1);
        ApiKey second = desk.create(READER, key("second", Role.READER)).key();
        house.tick(1);
        ApiKey third = desk.create(ADMIN, of("walter")).key();
        assertEquals(List.of(third, first), desk.keys(WRITER));
        assertEquals(List.of(second), desk.keys(READER));
        assertEquals(List.of(third, second, first), desk.keys(ADMIN));
    }

    @Test
    void aKeyIsTakenBackByItsOwnersOnly() {
        ApiKey key = desk.create(WRITER, key("laptop", Role.WRITER)).key();
        PromptException refusal = assertThrows(PromptException.class, () -> desk.remove(READER, key.id()));
        assertEquals(new Problem.KeyNotFound(key.id()), refusal.problem());
        assertTrue(house.system.find(key.id()).isPresent());
        desk.remove(WRITER, key.id());
        assertTrue(house.system.find(key.id()).isEmpty());
    }

    @Test
    void anEndMustLieAhead() {
        Optional<Instant> now = Optional.of(house.now.get());
        NewKey ended = new NewKey("late", Optional.empty(), Optional.empty(), Set.of(), now);
        PromptException refusal = assertThrows(PromptException.class, () -> desk.create(ADMIN, ended));
        assertEquals(new Problem.Invalid("expires_at", "must be in the future"), refusal.problem());
        Optional<Instant> soon = now.map(moment -> moment.plus(Duration.ofMillis(1)));
        NewKey lasting = new NewKey("soon", Optional.empty(), Optional.empty(), Set.of(), soon);
        assertEquals(soon, desk.create(ADMIN, lasting).key().issue().until());
    }
}
