package org.diapason.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.diapason.reconstruction.Change;
import org.diapason.reconstruction.MapFusion;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/** What {@code map-fuse} prints. */
record MapFuseText(
        MapFusion.Settings settings,
        MapFusion.Result made,
        Optional<Change> drift,
        List<String> written) {
    private static final int LABEL = 12;

    /** White noise over little structure leaves less. */
    private static final double SHARED = 1.4;

    private static final String ESTIMATE =
            "an estimate under a prior: the unit stays, the resolution is no longer known";

    String words() {
        StringBuilder all = new StringBuilder();
        all.append(
                row(
                        "model",
                        settings.prior().label()
                                + ", blur of "
                                + settings.fwhmMm().fixed(2)
                                + " mm, "
                                + (settings.likelihood() == MapFusion.Noise.POISSON
                                        ? "Poisson"
                                        : "Gaussian")
                                + " noise of "
                                + value(made.noise())
                                + (made.noiseEstimated() ? estimated() : "")));
        all.append(
                row(
                        "weight",
                        Numbers.power(made.weight(), 4)
                                + (made.weightFound() ? ", by the discrepancy principle" : "")
                                + ": residual over noise "
                                + Numbers.fixed(made.discrepancy(), 3)
                                + " in "
                                + made.counted()
                                + " voxels"));
        all.append(
                row(
                        "objective",
                        Numbers.power(made.objective(), 6)
                                + (Double.isNaN(made.gap())
                                        ? " (no gap is known for this prior)"
                                        : ", at most "
                                                + Numbers.power(made.gap(), 2)
                                                + " above its minimum")
                                + ", after "
                                + made.iterations()
                                + " iterations"));
        made.guide().ifPresent(g -> all.append(row("guide", agreement(g))));
        made.guide()
                .ifPresent(
                        g ->
                                all.append(
                                        row(
                                                "imposed",
                                                "the guide changes "
                                                        + Numbers.fixed(100 * g.share(), 2)
                                                        + " % of them by more than the noise, by "
                                                        + value(g.rms())
                                                        + " RMS; after the blur "
                                                        + value(g.seenRms())
                                                        + " RMS of it can be seen in the data")));
        drift.ifPresent(
                d ->
                        all.append(
                                row(
                                        "drift",
                                        "mean "
                                                + change(d.mean(), d.meanDrift())
                                                + ", largest "
                                                + change(d.largest(), d.largestDrift())
                                                + " in "
                                                + d.voxels()
                                                + " voxels of the mask")));
        all.append(row("values", ESTIMATE));
        return all + row("written", String.join(", ", written));
    }

    private String estimated() {
        return made.noiseFar() < SHARED * made.noise()
                ? " (estimated)"
                : " (estimated between neighbours, which seem to share it: two voxels apart it is "
                        + value(made.noiseFar())
                        + "; say --noise if you know it)";
    }

    private static String agreement(MapFusion.Guide g) {
        String own = "its edges agree with the image's to " + Numbers.fixed(g.agreement(), 3);
        return g.shifts() == 0
                ? own + "; too few voxels to tell what chance gives"
                : own
                        + ", in the best of "
                        + g.shifts()
                        + " wrong places to "
                        + Numbers.fixed(g.byChance(), 3)
                        + " (by chance 1 unrelated guide in "
                        + (g.shifts() + 1)
                        + " passes)";
    }

    private static String row(String name, String words) {
        return name + " ".repeat(LABEL - name.length()) + words + "\n";
    }

    private String change(double before, double drift) {
        return value(before) + (drift < 0 ? " − " : " + ") + value(Math.abs(drift));
    }

    private static int digits(double size) {
        return size >= 100 ? 1 : size >= 1 ? 2 : 4;
    }

    private String value(double value) {
        double size = Math.abs(value);
        Quantity q = made.image().quantity();
        boolean small = size > 0 && size < 0.01;
        String digits = small ? Numbers.power(value, 3) : Numbers.fixed(value, digits(size));
        return digits + (q == Quantity.UNKNOWN || q == Quantity.FUSED ? "" : " " + q.unit());
    }

    /** Returns what {@code --json} writes. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("prior", settings.prior().label());
        fields.put("fwhmMm", List.of(width(0), width(1), width(2)));
        fields.put("likelihood", settings.likelihood().name().toLowerCase(Locale.ROOT));
        fields.put("noise", made.noise());
        fields.put("noiseEstimated", made.noiseEstimated());
        fields.put("noiseFar", Double.isNaN(made.noiseFar()) ? null : made.noiseFar());
        fields.put("weight", made.weight());
        fields.put("weightFound", made.weightFound());
        fields.put("discrepancy", made.discrepancy());
        fields.put("voxels", made.counted());
        fields.put("objective", made.objective());
        fields.put("gap", Double.isNaN(made.gap()) ? null : made.gap());
        fields.put("iterations", made.iterations());
        fields.put("quantity", made.image().quantity().label());
        fields.put("note", ESTIMATE);
        fields.put("guide", made.guide().map(MapFuseText::guide).orElse(null));
        fields.put("drift", drift.map(MapFuseText::drift).orElse(null));
        fields.put("files", written);
        return fields;
    }

    private double width(int axis) {
        return settings.fwhmMm().get(axis);
    }

    private static Map<String, Object> guide(MapFusion.Guide g) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("eta", Double.isNaN(g.eta()) ? null : g.eta());
        fields.put("agreement", g.agreement());
        fields.put("agreementByChance", g.byChance());
        fields.put("agreementShifts", g.shifts());
        fields.put("imposedRms", g.rms());
        fields.put("imposedSeenRms", g.seenRms());
        fields.put("imposedShare", g.share());
        return fields;
    }

    static Map<String, Object> drift(Change d) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("voxels", d.voxels());
        fields.put("mean", d.mean());
        fields.put("largest", d.largest());
        fields.put("meanDrift", d.meanDrift());
        fields.put("largestDrift", d.largestDrift());
        return fields;
    }
}
