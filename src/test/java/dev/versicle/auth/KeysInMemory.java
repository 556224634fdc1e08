package dev.versicle.auth;

import dev.versicle.prompt.ApiKey;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.KeyRing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A key ring that forgets with the process. */
final class KeysInMemory implements KeyRing {
    private final Map<String, ApiKey> byId = new ConcurrentHashMap<>();

    @Override
    public Optional<ApiKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public List<ApiKey> all() {
        return List.copyOf(byId.values());
    }

    @Override
    public void add(ApiKey key, Caller by) {
        byId.put(key.id(), key);
    }

    @Override
    public void remove(String id, Caller by) {
        byId.remove(id);
    }
}
