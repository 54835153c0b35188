package org.diapason.app;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.diapason.features.Explanation;
import org.diapason.features.Explanation.Line;
import org.diapason.features.Ibsi;
import org.diapason.features.Profile;
import org.diapason.step.Extractor;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason features-explain}: why is my value different? */
@Command(
        name = "features-explain",
        description =
                "Say of each feature of another program by which rule it differs from ours. Exit 1"
                        + " when one stays unexplained.",
        footer = {
            "",
            "Example: diapason features-explain theirs.csv ct.nii.gz gtv.nii.gz --quantity HU",
            "The rules: docs/concepts/profiles.md"
        })
final class FeaturesExplainCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "THEIRS",
            description = "Their table: one row under names, or a name and a value per row.")
    Path theirs;

    @Parameters(
            index = "1",
            paramLabel = "IMAGE",
            description = "The image they measured: a DICOM folder or an image file.")
    Path in;

    @Parameters(index = "2", paramLabel = "MASK", description = "The mask they measured in.")
    Path maskFile;

    @Option(
            names = "--config",
            paramLabel = "YAML",
            description =
                    "Their settings as the part features of a recipe: sampling, discretisation,"
                            + " range. Default: native grid and customary bins.")
    Path config;

    @Option(
            names = "--profile",
            paramLabel = "P",
            defaultValue = "pyradiomics",
            description = "Whose rules to try: pyradiomics (default) or mirp.")
    String profile;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The column of values, where features are rows and have several.")
    String column;

    @Option(
            names = "--quantity",
            description = "What the values of a file are that does not say: HU, SUVbw, MR, …")
    String quantity;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Profile whose = Profiles.of(profile);
        Ibsi settings = settings();
        TheirValues given = TheirValues.read(theirs, Optional.ofNullable(column));
        Trace trace = new Trace("features-explain", 1);
        Exam exam =
                FeaturesCommand.open(
                        in,
                        maskFile,
                        "image",
                        settings.image(),
                        settings.mask(),
                        Optional.ofNullable(quantity).map(Quantity::of),
                        trace);
        trace.warnings().forEach(w -> System.err.println("warning: " + w));
        List<Line> lines = Explanation.of(exam, settings, whose.rules(), given.values());
        if (json.write(fields(lines, given))) {
            print(lines, given);
        }
        return lines.stream().allMatch(Line::explained) ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    private Ibsi settings() {
        if (config == null) {
            return Ibsi.of("image", "mask");
        }
        List<Extractor> features = FeatureSettings.read(config).features();
        if (features.size() != 1 || !(features.get(0) instanceof Ibsi ibsi)) {
            throw new IllegalArgumentException(
                    config
                            + ": has "
                            + features.size()
                            + " entries under features, and one of ibsi is explained. Leave the"
                            + " others out.");
        }
        return ibsi;
    }

    private static void print(List<Line> lines, TheirValues given) {
        int widest = 7;
        for (Line line : lines) {
            widest = Math.max(widest, line.name().length());
        }
        System.out.println(row(widest, "feature", "theirs", "ours", "explained by"));
        for (Line line : lines) {
            System.out.println(
                    row(
                            widest,
                            line.name(),
                            text(line.theirs()),
                            line.tag().isEmpty() ? "-" : text(line.ours()),
                            line.explained() || line.tag().isEmpty()
                                    ? why(line)
                                    : why(line) + ": by all rules " + text(line.profiled())));
        }
        System.out.println();
        summary(lines).forEach((why, many) -> System.out.println(many + " " + why));
        if (given.filtered() > 0) {
            System.out.println(given.filtered() + " left out: of filtered images");
        }
        if (given.leftOut() > 0) {
            System.out.println(given.leftOut() + " left out: no feature or no number");
        }
    }

    private static String row(int widest, String name, String theirs, String ours, String why) {
        return pad(name, widest) + "  " + pad(theirs, 13) + "  " + pad(ours, 13) + "  " + why;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String text(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(7)).stripTrailingZeros().toString()
                : "NaN";
    }

    private static String why(Line line) {
        if (line.tag().isEmpty()) {
            return "unexplained: no such feature here";
        }
        if (!line.explained()) {
            return "unexplained";
        }
        return line.rules().isEmpty() ? "equal" : String.join(" + ", line.rules());
    }

    private static Map<String, Integer> summary(List<Line> lines) {
        Map<String, Integer> summary = new TreeMap<>();
        lines.forEach(line -> summary.merge(why(line), 1, Integer::sum));
        return summary;
    }

    private static Map<String, Object> fields(List<Line> lines, TheirValues given) {
        List<Object> features = new ArrayList<>();
        for (Line line : lines) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", line.name());
            one.put("tag", line.tag());
            one.put("theirs", line.theirs());
            one.put("ours", line.ours());
            one.put("byAllRules", line.profiled());
            one.put("rules", line.rules());
            one.put("explained", line.explained());
            features.add(one);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("features", features);
        fields.put("summary", summary(lines));
        fields.put("filtered", given.filtered());
        fields.put("leftOut", given.leftOut());
        fields.put("explained", lines.stream().allMatch(Line::explained));
        return fields;
    }
}
