package org.diapason.app;

import java.util.Map;
import picocli.CommandLine.Option;

/** How often a bootstrap draws, and from which seed. */
final class DrawOptions {
    private static final int LEAST = 100;

    @Option(
            names = "--draws",
            paramLabel = "N",
            description = "Bootstrap draws, at least 100. Default: ${DEFAULT-VALUE}.")
    int draws;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the bootstrap. Default: ${DEFAULT-VALUE}.")
    long seed = 1;

    DrawOptions(int draws) {
        this.draws = draws;
    }

    void check() {
        if (draws < LEAST) {
            throw new IllegalArgumentException(
                    "--draws must be at least " + LEAST + ", got " + draws);
        }
    }

    void put(Map<String, Object> fields) {
        fields.put("draws", draws);
        fields.put("seed", seed);
    }
}
