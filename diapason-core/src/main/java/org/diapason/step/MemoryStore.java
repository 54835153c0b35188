package org.diapason.step;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A store that writes nothing: everything a run has made stays in memory, images too.
 *
 * <p>For a few exams, and where no file may hold what is of a patient. A run that is killed cannot
 * be resumed from it.
 */
public final class MemoryStore implements Store {
    private final Map<String, Saved> saved = new ConcurrentHashMap<>();

    @Override
    public boolean has(String stage, String id) {
        return saved.containsKey(stage + "/" + id);
    }

    @Override
    public void save(String stage, String id, Saved what) {
        saved.put(stage + "/" + id, what);
    }

    @Override
    public Optional<Saved> load(String stage, String id) {
        return Optional.ofNullable(saved.get(stage + "/" + id));
    }
}
