package org.diapason.app;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.diapason.step.Progress;
import org.diapason.volume.DataException;

/**
 * Measured values beside those of the consensus.
 *
 * <p>A value is met if it is within the tolerance after rounding to three significant digits (to
 * more where the consensus has more). A map is met if every voxel is within 1 % of the range of the
 * reference, and 99.9 % of them within 0.1 %, save the one listed: the reference of 8.a.1 is a mean
 * over programs that put the frequencies of a spectrum on two grids, so no one filter comes closer.
 *
 * @param values every feature and diagnostic with its reference
 * @param maps every response map
 * @param unmeasured references without a feature, {@code configuration A: tag}
 * @param unreferenced features without a reference, where there is a table of references
 */
record IbsiVerification(
        List<Value> values,
        List<MapValue> maps,
        List<String> unmeasured,
        List<String> unreferenced) {

    /** The largest distance of a voxel, in parts of the range of the map. */
    private static final double MOST = 0.01;

    private static final double NEAR = 0.999;

    /** Maps that no one filter meets to 0.1 %. */
    private static final Set<String> MEANS = Set.of("8.a.1");

    /** Outcome of one value. */
    enum Outcome {
        MATCH,
        MISS,
        /** There is no consensus. */
        WITHOUT
    }

    /**
     * One value.
     *
     * @param id phantom and settings
     * @param family the family, by its place in tags
     * @param tag the tag of the consensus table
     * @param found what was measured
     * @param expected consensus value and tolerance
     */
    record Value(
            String id, String family, String tag, double found, IbsiReferences.Value expected) {

        Outcome outcome() {
            if (expected.consensus().isEmpty()) {
                return Outcome.WITHOUT;
            }
            BigDecimal consensus = new BigDecimal(expected.consensus());
            int digits = Math.max(3, consensus.stripTrailingZeros().precision());
            double allowed =
                    expected.tolerance().isEmpty() ? 0 : Double.parseDouble(expected.tolerance());
            if (!Double.isFinite(found)) {
                return Outcome.MISS;
            }
            double rounded = new BigDecimal(found).round(new MathContext(digits)).doubleValue();
            double off = Math.abs(rounded - consensus.doubleValue());
            return off <= allowed + 1e-9 * Math.abs(consensus.doubleValue())
                    ? Outcome.MATCH
                    : Outcome.MISS;
        }
    }

    /**
     * One response map.
     *
     * @param id as in 4.a.2
     * @param largest the largest distance of a voxel from the reference, in parts of its range
     * @param near the part of voxels within a thousandth of the range
     */
    record MapValue(String id, double largest, double near) {
        boolean pass() {
            return largest <= MOST && (near >= NEAR || listed());
        }

        /** Says whether only the wider of the two limits is asked for. */
        boolean listed() {
            return MEANS.contains(id);
        }
    }

    /** Says whether something was compared and nothing missed. */
    boolean pass() {
        boolean compared = !maps.isEmpty() || count(Outcome.MATCH) > 0;
        return compared
                && count(Outcome.MISS) == 0
                && maps.stream().allMatch(MapValue::pass)
                && unmeasured.isEmpty()
                && unreferenced.isEmpty();
    }

    private long count(Outcome outcome) {
        return values.stream().filter(v -> v.outcome() == outcome).count();
    }

    /**
     * Measures and compares everything.
     *
     * @throws DataException if an image or a mask is broken
     */
    static IbsiVerification of(IbsiReferences references, Progress progress) throws IOException {
        List<Value> values = new ArrayList<>();
        List<MapValue> maps = new ArrayList<>();
        List<String> unmeasured = new ArrayList<>();
        List<String> unreferenced = new ArrayList<>();
        int total = references.tables().size() + references.maps().size();
        int done = 0;
        for (IbsiReferences.Table table : references.tables()) {
            progress.at("comparing", done++, total, 0);
            Map<String, Double> found = new LinkedHashMap<>(IbsiMeasurement.of(table));
            boolean stages = table.values().containsKey("img_dim_x_init_img");
            for (Map.Entry<String, Double> e : found.entrySet()) {
                IbsiReferences.Value expected = table.values().get(e.getKey());
                boolean asked = stages || !family(e.getKey()).equals("diagnostics");
                if (expected == null && !table.values().isEmpty() && asked) {
                    unreferenced.add(table.id() + ": " + e.getKey());
                } else if (asked) {
                    values.add(
                            new Value(
                                    table.id(),
                                    family(e.getKey()),
                                    e.getKey(),
                                    e.getValue(),
                                    expected == null
                                            ? new IbsiReferences.Value("", "")
                                            : expected));
                }
            }
            TreeSet<String> rest = new TreeSet<>(table.values().keySet());
            rest.removeAll(found.keySet());
            rest.forEach(tag -> unmeasured.add(table.id() + ": " + tag));
        }
        for (IbsiReferences.ResponseMap map : references.maps()) {
            progress.at("comparing", done++, total, 0);
            if (FeatureSettings.ship(map.settings()).isEmpty()) {
                unmeasured.add("map " + map.id());
            } else {
                maps.add(IbsiMeasurement.of(map));
            }
        }
        return new IbsiVerification(values, maps, unmeasured, unreferenced);
    }

    /** Returns the family of a tag as tags begin: morph, loc, stat, … */
    static String family(String tag) {
        return tag.endsWith("_img") || tag.endsWith("_roi")
                ? "diagnostics"
                : tag.substring(0, tag.indexOf('_'));
    }
}
