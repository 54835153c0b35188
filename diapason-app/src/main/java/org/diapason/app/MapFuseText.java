package org.diapason.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.diapason.reconstruction.Change;
import org.diapason.reconstruction.MapFusion;
import org.diapason.volume.Numbers;

/** What {@code map-fuse} prints. */
record MapFuseText(
        MapFusion.Settings settings,
        MapFusion.Result made,
        Optional<Change> drift,
        List<String> written) {
    /** White noise over little structure leaves less. */
    private static final double SHARED = 1.4;

    private static final String ESTIMATE =
            "an estimate under a prior: the unit stays, the resolution is no longer known";

    String words() {
        StringBuilder all = new StringBuilder();
        all.append(
                Columns.line(
                        "model",
                        settings.prior().label()
                                + ", blur of "
                                + settings.fwhmMm().fixed(2)
                                + " mm, "
                                + (settings.likelihood() == MapFusion.Noise.POISSON
                                        ? "Poisson"
                                        : "Gaussian")
                                + " noise of "
                                + amounts().of(made.noise())
                                + (made.noiseEstimated() ? estimated() : "")));
        all.append(
                Columns.line(
                        "weight",
                        Numbers.power(made.weight(), 4)
                                + (made.weightFound() ? ", by the discrepancy principle" : "")
                                + ": residual over noise "
                                + Numbers.fixed(made.discrepancy(), 3)
                                + " in "
                                + made.counted()
                                + " voxels"));
        all.append(
                Columns.line(
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
        made.guide().ifPresent(g -> all.append(Columns.line("guide", agreement(g))));
        made.guide()
                .ifPresent(
                        g ->
                                all.append(
                                        Columns.line(
                                                "imposed",
                                                "the guide changes "
                                                        + Numbers.fixed(100 * g.share(), 2)
                                                        + " % of them by more than the noise, by "
                                                        + amounts().of(g.rms())
                                                        + " RMS; after the blur "
                                                        + amounts().of(g.seenRms())
                                                        + " RMS of it can be seen in the data")));
        drift.ifPresent(
                d ->
                        all.append(
                                Columns.line(
                                        "drift",
                                        "mean "
                                                + amounts().change(d.mean(), d.meanDrift())
                                                + ", largest "
                                                + amounts().change(d.largest(), d.largestDrift())
                                                + " in "
                                                + d.voxels()
                                                + " voxels of the mask")));
        all.append(Columns.line("values", ESTIMATE));
        return all + Columns.line("written", String.join(", ", written));
    }

    private Amounts amounts() {
        return new Amounts(made.image().quantity());
    }

    private String estimated() {
        return made.noiseFar() < SHARED * made.noise()
                ? " (estimated)"
                : " (estimated between neighbours, which seem to share it: two voxels apart it is "
                        + amounts().of(made.noiseFar())
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
