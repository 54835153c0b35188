package org.diapason.bench;

import java.nio.file.Path;

/** Pairs from files for {@link RegistrationStudy}. */
final class RegistrationFiles {
    private RegistrationFiles() {}

    static void peers(Path folder) {}

    static void real(Path folder) {}
}
