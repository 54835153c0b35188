package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.diapason.app.report.TaskPage;
import org.diapason.fusion.Weighted;
import org.diapason.phantom.LesionDetection;
import org.diapason.phantom.LesionDetection.Found;
import org.diapason.phantom.LesionDetection.Modality;
import org.diapason.stats.Clusters;
import org.diapason.stats.DeLong;
import org.diapason.stats.Estimate;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason lesion-detection}: what two modalities and their fusion detect. */
@Command(
        name = "lesion-detection",
        description =
                "Say how well a lesion is detected by each of two modalities, in their weighted average"
                        + " and by rules over both, or with --rule in images fused by any rule, on"
                        + " phantoms whose truth is known.",
        footer = {
            "",
            "Half of the images hold the lesion, at a known place. Without --rule: white noise, the"
                    + " matched filter; images are averaged as they are, so choose --alpha with their"
                    + " scales in mind. With --rule: slices, channelized Hotelling observers, each rule"
                    + " compared with the better modality alone. One half of the images teaches, the"
                    + " other judges. A phantom ranks rules; it does not predict readers.",
            "Example: diapason lesion-detection --modality pet,6,2,5 --modality mr,3,3,9 --alpha 0.6"
                    + " --shared 0.3 --report detection.html",
            "         diapason lesion-detection --rule all --anatomy 15,2,6 --shift-mm 2"
                    + " --report rules.html",
            "docs/concepts/lesion-detection.md says how."
        })
final class LesionDetectionCommand implements Callable<Integer> {
    private static final int BAND_SEED = 1;
    private static final int IMAGES = 4000;

    /** All rules on so many take a minute on one core. */
    private static final int FUSED_IMAGES = 2000;

    @Option(
            names = "--modality",
            paramLabel = "NAME,PSF,CONTRAST,NOISE",
            description =
                    "Twice: a name, the width of its response in mm, the lesion's contrast and the"
                            + " standard deviation of the noise. Default: pet,6,2,5 and mr,3,3,9.")
    List<String> modalities = List.of("pet,6,2,5", "mr,3,3,9");

    @Option(
            names = "--radius-mm",
            paramLabel = "R",
            description = "Radius of the lesion. Default: ${DEFAULT-VALUE}.")
    double radiusMm = 5;

    @Option(
            names = "--spacing-mm",
            paramLabel = "S",
            description = "Distance of voxels. Default: ${DEFAULT-VALUE}.")
    double spacingMm = 2;

    @Option(
            names = "--shared",
            paramLabel = "RHO",
            description =
                    "Share of the noise that both modalities have in common, 0 to below 1. Default: 0.")
    Double shared;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "Weight of the first in the weighted average, 0 to 1. Default: 0.5.")
    Double alpha;

    @Mixin RuleDetection rules = new RuleDetection();

    @Option(
            names = "--images",
            paramLabel = "N",
            description = "How many images, half with the lesion. Default: 4000; 2000 with --rule.")
    Integer images;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Makes the noise. Default: ${DEFAULT-VALUE}.")
    long seed = 1;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Write the curves as a page that opens in any browser.")
    Path report;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws IOException {
        common.start();
        if (modalities.size() != 2) {
            throw new IllegalArgumentException(
                    "--modality is given twice, for two modalities; found " + modalities.size());
        }
        Modality first = modality(modalities.get(0));
        Modality second = modality(modalities.get(1));
        List<String> lines = new ArrayList<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        int many = images != null ? images : rules.asked() ? FUSED_IMAGES : IMAGES;
        if (rules.asked()) {
            requireNone("--shared", shared, "what both show is --anatomy");
            requireNone("--alpha", alpha, "write --rule '{weighted: {weights: [0.6, 0.4]}}'");
            rules.run(first, second, radiusMm, spacingMm, many, seed, report, fields, lines);
        } else {
            rules.requireUnused();
            decide(first, second, many, fields, lines);
        }
        if (report != null) {
            lines.add("report: " + report);
        }
        if (json.write(fields)) {
            lines.forEach(System.out::println);
        }
        return CommandLines.DONE;
    }

    private static void requireNone(String option, Object value, String instead) {
        if (value != null) {
            throw new IllegalArgumentException(option + " is not for --rule: " + instead + ".");
        }
    }

    /** The experiment without --rule. */
    private void decide(
            Modality first,
            Modality second,
            int many,
            Map<String, Object> fields,
            List<String> lines) {
        double common = shared == null ? 0 : shared;
        double weight = alpha == null ? 0.5 : alpha;
        LesionDetection experiment =
                new LesionDetection(first, second, radiusMm, spacingMm, common, many, seed);
        Found found = experiment.find(Weighted.of(weight), "weighted-average");
        lines.add(
                found.lesion().length
                        + " images judge, half with the lesion; as many calibrated the rules");
        fields.put("images", many);
        fields.put("judging", found.lesion().length);
        fields.put("shared", common);
        fields.put("alpha", weight);
        fields.put("seed", seed);
        fields.put(
                "scores",
                areas(
                        found.scores(),
                        found.lesion(),
                        found.separations(),
                        "by the formula",
                        lines));
        fields.put("pairs", pairs(found, lines));
        if (report != null) {
            Clusters each = Clusters.single(found.lesion().length);
            TaskPage.roc(report, found.lesion(), each, found.scores(), BAND_SEED, lines);
        }
    }

    private static Modality modality(String text) {
        String[] parts = text.split(",");
        double[] numbers = new double[3];
        boolean right = parts.length == 4 && !parts[0].isBlank();
        for (int n = 0; n < 3 && right; n++) {
            OptionalDouble value = Numbers.parse(parts[n + 1].strip());
            right = value.isPresent();
            numbers[n] = value.orElse(0);
        }
        if (!right) {
            throw new IllegalArgumentException(
                    "--modality needs a name and three numbers (response in mm, contrast, noise), as"
                            + " in pet,6,2,5; got \""
                            + text
                            + "\"");
        }
        return new Modality(parts[0].strip(), numbers[0], numbers[1], numbers[2]);
    }

    /**
     * Tells the area of each.
     *
     * @param separations d' of those that have one
     * @param by what d' comes from, in words
     */
    static Map<String, Object> areas(
            Map<String, double[]> scores,
            boolean[] lesion,
            Map<String, Double> separations,
            String by,
            List<String> lines) {
        Map<String, Object> areas = new LinkedHashMap<>();
        scores.forEach(
                (name, said) -> {
                    DeLong area = DeLong.of(said, lesion);
                    Double d = separations.get(name);
                    Map<String, Object> fields = new LinkedHashMap<>();
                    Estimate e = new Estimate(area.auc(), area.low(), area.high());
                    Shown.put(fields, "auc", e);
                    fields.put("separation", d);
                    areas.put(name, fields);
                    String tail = d == null ? "" : ", d' " + by + " " + Numbers.fixed(d, 3);
                    lines.add(name + ": AUC " + Shown.text(e) + tail);
                });
        return areas;
    }

    /** Compares everything with everything that stands before it. */
    private static List<Object> pairs(Found found, List<String> lines) {
        List<String> names = List.copyOf(found.scores().keySet());
        List<Object> pairs = new ArrayList<>();
        for (int a = 0; a < names.size(); a++) {
            for (int b = 0; b < a; b++) {
                DeLong.Pair pair =
                        DeLong.compare(
                                found.scores().get(names.get(a)),
                                found.scores().get(names.get(b)),
                                found.lesion());
                Estimate e = new Estimate(pair.difference(), pair.low(), pair.high());
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("a", names.get(a));
                fields.put("b", names.get(b));
                Shown.put(fields, "difference", e);
                fields.put("z", pair.z());
                fields.put("p", pair.p());
                pairs.add(fields);
                lines.add(
                        names.get(a)
                                + " − "
                                + names.get(b)
                                + ": "
                                + Shown.text(e)
                                + ", "
                                + Shown.p(pair.p()));
            }
        }
        return pairs;
    }
}
