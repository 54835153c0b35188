package org.diapason.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.fusion.Fused;
import org.diapason.pansharpening.Consistency;
import org.diapason.pansharpening.Pansharpened;
import org.diapason.pansharpening.Wald;
import org.diapason.quality.Figure;
import org.diapason.quality.Metric;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/**
 * What became of sharpened bands, in words and as fields.
 *
 * @param rule its name
 * @param sharp name of the image that lent its detail
 * @param mask in which the drift is said
 * @param full figures at full resolution; empty where they were not asked for
 */
record PansharpenText(
        String rule,
        String sharp,
        Pansharpened made,
        Optional<Mask> mask,
        Map<Metric, Figure> full) {
    private static final int LABEL = 14;
    private static final int NAME = 20;
    private static final int FIGURE = 16;
    private static final int VALUE = 12;

    /** Returns the lines for people. */
    String words(boolean judge, List<String> written) {
        StringBuilder all = new StringBuilder();
        String names =
                String.join(", ", made.bands().stream().map(Pansharpened.Band::name).toList());
        all.append(row("sharpened", names + " by " + rule + ", detail of " + sharp));
        all.append(
                row(
                        "resolution",
                        "a blur of "
                                + made.fwhmMm().fixed(2)
                                + " mm between them, ratio "
                                + made.ratio().fixed(2)));
        for (Pansharpened.Band b : made.bands()) {
            band(b, all);
        }
        Wald wald = made.wald();
        wald.notJudged().ifPresent(why -> all.append(row("not judged", why)));
        for (Wald.Judged j : wald.bands()) {
            all.append(
                    row(
                            "one step down",
                            j.name()
                                    + ": RMSE "
                                    + number(j.rmse())
                                    + ", left alone "
                                    + number(j.untouchedRmse())
                                    + (j.harmed() ? ": harm" : "")));
        }
        if (judge) {
            table(wald, all);
        }
        return all + (written.isEmpty() ? "" : row("written", String.join(", ", written)));
    }

    private void band(Pansharpened.Band b, StringBuilder all) {
        String unit = unit(b);
        all.append(row("values", b.name() + ": " + b.meaning()));
        all.append(
                row(
                        "consistency",
                        b.name()
                                + " degraded again is off by "
                                + number(b.consistency().mean())
                                + unit
                                + " on the mean, RMS "
                                + number(b.consistency().rms())
                                + ", at most "
                                + number(b.consistency().largest())
                                + "; left alone RMS "
                                + number(b.untouched().rms())));
        if (b.leftVoxels() > 0) {
            all.append(
                    row(
                            "left",
                            b.leftVoxels() + " voxels as they were: next to nothing to divide by"));
        }
        if (mask.isPresent()) {
            Fused.Drift d = b.drift(mask.get());
            all.append(
                    row(
                            "drift",
                            b.name()
                                    + ": mean "
                                    + change(d.mean(), d.meanDrift())
                                    + unit
                                    + ", largest "
                                    + change(d.largest(), d.largestDrift())
                                    + unit));
        }
    }

    private void table(Wald wald, StringBuilder all) {
        all.append("\none resolution step down, where the truth is known\n");
        all.append(line("", "", "sharpened", "left alone"));
        for (Wald.Judged j : wald.bands()) {
            rows(j.name(), j.sharpened(), j.untouched(), all);
        }
        rows("all bands", wald.sharpened(), wald.untouched(), all);
        all.append("at full resolution, without a truth\n");
        QualityText.lines(full).forEach(line -> all.append("  ").append(line).append('\n'));
    }

    private static void rows(
            String name, Map<Metric, Figure> a, Map<Metric, Figure> b, StringBuilder all) {
        String first = name;
        for (Metric metric : a.keySet()) {
            boolean squared = metric == Metric.MSE;
            String label = squared ? "rmse" : metric.label();
            boolean higher = metric.better().word().equals("higher");
            all.append(
                    line(
                            first,
                            (higher ? "↑ " : "↓ ") + label,
                            figure(a.get(metric), squared),
                            figure(b.get(metric), squared)));
            first = "";
        }
    }

    private static String figure(Figure f, boolean squared) {
        return f.defined() ? number(squared ? Math.sqrt(f.value()) : f.value()) : "—";
    }

    private static String line(String name, String figure, String a, String b) {
        return "  "
                + Columns.left(name, NAME)
                + Columns.left(figure, FIGURE)
                + Columns.right(" " + a, VALUE)
                + Columns.right(" " + b, VALUE)
                + "\n";
    }

    private static String row(String name, String words) {
        return Columns.left(name, LABEL) + words + "\n";
    }

    private static String unit(Pansharpened.Band b) {
        Quantity q = b.fused().inputs().get(0).quantity();
        return q == Quantity.UNKNOWN ? "" : " " + q.unit();
    }

    private static String change(double before, double drift) {
        return number(before) + (drift < 0 ? " − " : " + ") + number(Math.abs(drift));
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return Numbers.fixed(value, size >= 1000 ? 1 : size >= 10 ? 3 : 5);
    }

    /** Returns what {@code --json} writes. */
    Map<String, Object> fields(List<String> written) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", rule);
        fields.put("sharp", sharp);
        fields.put("blurFwhmMm", made.fwhmMm());
        fields.put("ratio", made.ratio());
        fields.put("bands", made.bands().stream().map(this::fields).toList());
        fields.put("reduced", fields(made.wald()));
        fields.put("harm", made.harm().orElse(null));
        fields.put("full", full.isEmpty() ? null : QualityText.fields(full));
        fields.put("files", written);
        return fields;
    }

    private Map<String, Object> fields(Pansharpened.Band b) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("band", b.name());
        fields.put("quantity", b.fused().volume().quantity().label());
        fields.put("quantitative", b.fused().notQuantitative().isEmpty());
        fields.put("reason", b.fused().notQuantitative().orElse(null));
        fields.put("unit", b.fused().inputs().get(0).quantity().unit());
        fields.put("gain", Double.isFinite(b.gain()) ? b.gain() : null);
        fields.put("nanVoxels", b.nanVoxels());
        fields.put("leftVoxels", b.leftVoxels());
        fields.put("consistency", fields(b.consistency()));
        fields.put("consistencyLeftAlone", fields(b.untouched()));
        fields.put("drift", mask.map(m -> fields(b.drift(m))).orElse(null));
        return fields;
    }

    private static Map<String, Object> fields(Fused.Drift d) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mean", d.mean());
        fields.put("largest", d.largest());
        fields.put("meanDrift", d.meanDrift());
        fields.put("largestDrift", d.largestDrift());
        return fields;
    }

    private static Map<String, Object> fields(Consistency c) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("voxels", c.count());
        fields.put("mean", c.mean());
        fields.put("rms", c.rms());
        fields.put("largest", c.largest());
        return fields;
    }

    private static Map<String, Object> fields(Wald wald) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("reason", wald.notJudged().orElse(null));
        List<Map<String, Object>> bands = new ArrayList<>();
        for (Wald.Judged j : wald.bands()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("band", j.name());
            one.put("rmse", j.rmse());
            one.put("rmseLeftAlone", j.untouchedRmse());
            one.put("harmed", j.harmed());
            one.put("sharpened", QualityText.fields(j.sharpened()));
            one.put("leftAlone", QualityText.fields(j.untouched()));
            bands.add(one);
        }
        fields.put("bands", bands);
        fields.put("sharpened", QualityText.fields(wald.sharpened()));
        fields.put("leftAlone", QualityText.fields(wald.untouched()));
        return fields;
    }
}
