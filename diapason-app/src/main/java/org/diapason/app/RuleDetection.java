package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.diapason.app.report.TaskPage;
import org.diapason.fusion.Fusion;
import org.diapason.fusion.Scale;
import org.diapason.phantom.DetectionScores;
import org.diapason.phantom.FusionDetection;
import org.diapason.phantom.FusionDetection.Anatomy;
import org.diapason.phantom.LesionDetection.Modality;
import org.diapason.stats.DeLong;
import org.diapason.stats.Estimate;
import org.diapason.step.Names;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Option;

/** The part of {@code lesion-detection} that sends images through rules of fusion. */
final class RuleDetection {
    private static final String ALL = "all";
    private static final int BAND_SEED = 1;
    private static final int CURVES = 4;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description =
                    "Judge images fused by this rule of fuse, a name or a name with settings in"
                            + " braces; may be given several times; all: every rule as it is usually"
                            + " set.")
    List<String> rules = List.of();

    @Option(
            names = "--scale",
            paramLabel = "S",
            description =
                    "With --rule: percentiles, 1 and 99 of each image become 0 and 1 before they are"
                            + " fused, or as-is. Default: percentiles.")
    String scale;

    @Option(
            names = "--shift-mm",
            paramLabel = "S",
            description =
                    "With --rule: the second modality is off by so many mm on average. Default: 0.")
    Double shiftMm;

    @Option(
            names = "--anatomy",
            paramLabel = "FWHM,SD,SD",
            description =
                    "With --rule: patches that both show, their width in mm and their standard"
                            + " deviation in each (negative in the second: bright is dark). Default:"
                            + " none.")
    String anatomy;

    @Option(
            names = "--voxels",
            paramLabel = "N",
            description = "With --rule: voxels along a side of the slice. Default: 64.")
    Integer voxels;

    boolean asked() {
        return !rules.isEmpty();
    }

    /** Refuses what only has a meaning with --rule. */
    void requireUnused() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("--scale", scale);
        given.put("--shift-mm", shiftMm);
        given.put("--anatomy", anatomy);
        given.put("--voxels", voxels);
        given.forEach(
                (option, value) -> {
                    if (value != null) {
                        throw new IllegalArgumentException(
                                option + " is for images that are fused. Add --rule all.");
                    }
                });
    }

    void run(
            Modality first,
            Modality second,
            double radiusMm,
            double spacingMm,
            int images,
            long seed,
            Path report,
            Map<String, Object> fields,
            List<String> lines) {
        FusionDetection experiment =
                new FusionDetection(
                        first,
                        second,
                        radiusMm,
                        spacingMm,
                        voxels == null ? 64 : voxels,
                        anatomy == null ? Anatomy.NONE : anatomy(anatomy),
                        shiftMm == null ? 0 : shiftMm,
                        scale == null ? Scale.PERCENTILES : FusionOptions.scale(scale),
                        images,
                        seed);
        Map<String, Fusion> chosen = chosen();
        DetectionScores found = experiment.find(chosen);
        lines.add(
                "phantom: "
                        + found.lesion().length
                        + " pairs of slices judge, half with the lesion; as many taught the observers");
        fields.put("images", images);
        fields.put("judging", found.lesion().length);
        fields.put("observer", "channelized Hotelling, Laguerre-Gauss");
        fields.put("channels", FusionDetection.CHANNELS);
        fields.put("shiftMm", experiment.shiftMm());
        Anatomy shown = experiment.anatomy();
        fields.put("anatomy", List.of(shown.fwhmMm(), shown.firstSd(), shown.secondSd()));
        fields.put("scale", experiment.scale().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        fields.put("seed", seed);
        fields.put("best", found.best());
        fields.put(
                "scores",
                LesionDetectionCommand.areas(
                        found.scores(),
                        found.lesion(),
                        found.separations(),
                        "of the ideal observer",
                        lines));
        fields.put("compared", compared(found, lines));
        if (report != null) {
            TaskPage.fusion(report, found, groups(found), BAND_SEED, lines);
        }
    }

    /** Returns the rules that are asked for by the names they are shown by. */
    private Map<String, Fusion> chosen() {
        Map<String, Fusion> chosen = new LinkedHashMap<>();
        for (String rule : rules) {
            if (rule.strip().equals(ALL)) {
                for (Class<?> type : Fusion.class.getPermittedSubclasses()) {
                    put(chosen, FusionOptions.rule(Names.of(type)));
                }
            } else {
                put(chosen, FusionOptions.rule(rule));
            }
        }
        return chosen;
    }

    /** The second of one name, with other settings, is numbered. */
    private static void put(Map<String, Fusion> chosen, Fusion rule) {
        if (chosen.containsValue(rule)) {
            return;
        }
        String name = Names.of(rule);
        int n = 1;
        while (chosen.containsKey(n == 1 ? name : name + "-" + n)) {
            n++;
        }
        chosen.put(n == 1 ? name : name + "-" + n, rule);
    }

    private static Anatomy anatomy(String text) {
        String[] parts = text.split(",", -1);
        double[] numbers = new double[3];
        boolean right = parts.length == 3;
        for (int n = 0; n < 3 && right; n++) {
            OptionalDouble value = Numbers.parse(parts[n].strip());
            right = value.isPresent();
            numbers[n] = value.orElse(0);
        }
        if (!right) {
            throw new IllegalArgumentException(
                    "--anatomy needs three numbers (width in mm, standard deviation in the first and in"
                            + " the second modality), as in 15,2,6; got \""
                            + text
                            + "\"");
        }
        return new Anatomy(numbers[0], numbers[1], numbers[2]);
    }

    private static List<Object> compared(DetectionScores found, List<String> lines) {
        List<Object> all = new ArrayList<>();
        for (DetectionScores.Compared c : found.compared()) {
            DeLong.Pair pair = c.difference();
            Estimate e = new Estimate(pair.difference(), pair.low(), pair.high());
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", c.name());
            one.put("against", found.best());
            Shown.put(one, "difference", e);
            one.put("z", pair.z());
            one.put("p", pair.p());
            one.put("pHolm", c.adjusted());
            one.put("verdict", c.verdict().words());
            all.add(one);
            lines.add(
                    c.name()
                            + " − "
                            + found.best()
                            + ": "
                            + Shown.text(e)
                            + ", "
                            + Shown.p(c.adjusted())
                            + " (Holm): "
                            + c.verdict().words());
        }
        return all;
    }

    /** The modalities and both side by side, then the rules, few to a plot. */
    private static List<List<String>> groups(DetectionScores found) {
        List<String> names = new ArrayList<>(found.scores().keySet());
        List<List<String>> groups = new ArrayList<>();
        int singles = found.modalities().size() + 1;
        groups.add(names.subList(0, singles));
        for (int n = singles; n < names.size(); n += CURVES) {
            List<String> group = new ArrayList<>(List.of(found.best()));
            group.addAll(names.subList(n, Math.min(names.size(), n + CURVES)));
            groups.add(group);
        }
        return groups;
    }
}
