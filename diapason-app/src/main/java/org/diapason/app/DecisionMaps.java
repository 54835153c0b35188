package org.diapason.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.decision.Answer;
import org.diapason.decision.DecidedMaps;
import org.diapason.decision.DecisionNames;
import org.diapason.decision.DecisionPlan;
import org.diapason.decision.Decisions;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** Maps of experts, from files and to files. */
final class DecisionMaps {
    private final DecisionPlan plan;
    private final String rule;
    private final SortedMap<String, float[]> maps = new TreeMap<>();
    private final Geometry grid;
    private DecidedMaps decided;

    /**
     * Reads the maps.
     *
     * @param files of maps by the names of experts, or of what a rule compares
     * @throws IllegalArgumentException if an expert has no map, or the rule is not there
     * @throws DataException if the maps are not on one grid
     */
    DecisionMaps(DecisionPlan plan, Map<String, Path> files, String asked) {
        this.plan = plan;
        rule = DecidedMaps.rule(plan, Optional.ofNullable(asked));
        List<String> without = DecidedMaps.without(plan, files);
        if (!without.isEmpty()) {
            String name = without.get(0);
            throw new IllegalArgumentException(
                    "--maps has no map of the expert "
                            + name
                            + "; add "
                            + name
                            + "=FILE, or take the expert out of the plan");
        }
        DecisionNames.check(plan, files.keySet(), "map");
        Geometry first = null;
        for (Map.Entry<String, Path> file : new TreeMap<>(files).entrySet()) {
            Volume map = Images.read(file.getValue()).volume();
            first = first == null ? map.geometry() : first;
            if (!map.geometry().isClose(first, 1e-3)) {
                throw new DataException(
                        InputFile.name(file.getValue())
                                + ": lies on another grid than the map before it. Bring the maps to"
                                + " one grid: diapason warp.");
            }
            maps.put(file.getKey(), map.values());
        }
        grid = first;
    }

    /**
     * Decides every voxel.
     *
     * @param learned what a table taught; null where everything is stated
     */
    void decide(Decisions learned) {
        decided = DecidedMaps.of(plan, rule, maps, grid.nk(), Optional.ofNullable(learned));
    }

    /** Writes the probability, or the answers of a rule that has none; beside it the rest. */
    void write(Path out) {
        put(out, decided.probable() ? decided.probability() : decided.answer());
        put(Outputs.named(out, ".answer"), decided.answer());
        put(Outputs.named(out, ".conflict"), decided.conflict());
    }

    private void put(Path file, float[] values) {
        Images.write(file, Image.of(Volume.of(grid, values, Quantity.UNKNOWN)));
    }

    /** Returns how many voxels have which answer. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", rule);
        fields.put("voxels", grid.voxels());
        for (Answer a : Answer.values()) {
            fields.put(a.word(), decided.count(a));
        }
        fields.put("conflicting", decided.conflicting());
        return fields;
    }

    String line() {
        StringBuilder text = new StringBuilder("rule " + rule + ", " + grid.voxels() + " voxels: ");
        for (Answer a : Answer.values()) {
            text.append(decided.count(a)).append(' ').append(a.word()).append(", ");
        }
        return text + "in " + decided.conflicting() + " experts conflict";
    }

    boolean refused() {
        return decided.count(Answer.REFUSED) > 0;
    }
}
