package org.diapason.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/**
 * Says by which rules the values of another program differ from ours.
 *
 * <p>Each value is compared with ours by the rules of the manual; where they differ, with ours
 * under each single rule of a profile; then under all its rules, and under all but one, of which
 * those are dropped one after the other that do not matter. Values are equal that differ by at most
 * 1e-6 of theirs. What directions are averaged or merged is tried, too, where the name does not say
 * it; a shift of intensities before energy is taken from their energy.
 */
public final class Explanation {
    private static final double EQUAL = 1e-6;

    /** The name of what is no rule of {@link Rules}: averaged or merged over directions. */
    public static final String AGGREGATION = "aggregation";

    private static final Pattern TAG =
            Pattern.compile("(?:^|\\.)((morph|loc|stat|ih|ivh|cm|rlm|szm|dzm|ngt|ngl)_.*)$");

    private static final Pattern FILTERED =
            Pattern.compile(
                    "(log-sigma-.*-3D|wavelet2?-[HL]+|square|squareroot|logarithm|exponential|gradient"
                            + "|lbp-[23]D-.*?)_(firstorder|gl[cd]m|gl(rl|sz)m|ngtdm)_.*");

    private static final Map<String, Family> FAMILIES = new LinkedHashMap<>();

    static {
        String[] prefixes = {
            "morph", "loc", "stat", "ih", "ivh", "cm", "rlm", "szm", "dzm", "ngt", "ngl"
        };
        for (int p = 0; p < prefixes.length; p++) {
            FAMILIES.put(prefixes[p], Family.values()[p]);
        }
    }

    /**
     * One feature.
     *
     * @param name what the other program calls it
     * @param tag our tag, with its aggregation; empty when we have no such feature
     * @param theirs the other program's value
     * @param ours our value by the rules of the manual; NaN where it is undefined or refused
     * @param profiled our value by all rules of the profile; NaN likewise
     * @param rules the names of the rules that make ours theirs; empty when they are equal
     * @param explained whether ours by these rules is theirs
     */
    public record Line(
            String name,
            String tag,
            double theirs,
            double ours,
            double profiled,
            List<String> rules,
            boolean explained) {}

    private final Exam exam;
    private final Ibsi settings;
    private final Rules base;
    private final List<Dimension> dimensions;
    private Rules goal;
    private List<String> steps;
    private final Map<Rules, Map<Family, Map<String, Double>>> known = new HashMap<>();

    private Explanation(Exam exam, Ibsi settings, Rules profile, Set<String> names) {
        this.exam = exam;
        this.settings = settings;
        List<String> tags = names.stream().flatMap(name -> tags(name).stream()).toList();
        dimensions =
                Arrays.stream(Dimension.values())
                        .filter(d -> tags.stream().anyMatch(tag -> isIn(d, tag)))
                        .toList();
        base = Rules.IBSI.with(List.of("extras"), Profile.PYRADIOMICS.rules());
        goal = profile.with(List.of("extras"), base);
        steps = base.differences(goal);
    }

    /**
     * Explains each value.
     *
     * @param settings what to measure; its rules are not asked
     * @param profile the rules of the other program
     * @param theirs values by the other program's names
     */
    public static List<Line> of(
            Exam exam, Ibsi settings, Rules profile, Map<String, Double> theirs) {
        if (!settings.filters().isEmpty()) {
            throw new IllegalArgumentException(
                    "features of response maps are not explained: leave filters out");
        }
        Explanation e = new Explanation(exam, settings, profile, theirs.keySet());
        e.findShift(theirs);
        List<Line> lines = new ArrayList<>();
        theirs.forEach((name, value) -> lines.add(e.explain(name, value)));
        return lines;
    }

    /** Says whether a name is one of a feature, ours, PyRadiomics' or MIRP's. */
    public static boolean isFeature(String name) {
        return name.startsWith("original_") || family(name).isPresent();
    }

    /**
     * Says whether a name is one of PyRadiomics for a filtered image, none of which are explained.
     */
    public static boolean isFiltered(String name) {
        return FILTERED.matcher(name).matches();
    }

    private Line explain(String name, double theirs) {
        List<String> tags = tags(name);
        if (tags.isEmpty()) {
            return new Line(name, "", theirs, Double.NaN, Double.NaN, List.of(), false);
        }
        double ours = value(base, tags.get(0));
        double profiled = value(goal, tags.get(0));
        for (String tag : tags) {
            Optional<List<String>> rules = rules(tag, theirs);
            if (rules.isPresent()) {
                List<String> all = new ArrayList<>(rules.get());
                if (!tag.equals(tags.get(0))) {
                    all.add(AGGREGATION);
                }
                return new Line(name, tags.get(0), theirs, ours, profiled, List.copyOf(all), true);
            }
        }
        return new Line(name, tags.get(0), theirs, ours, profiled, List.of(), false);
    }

    private Optional<List<String>> rules(String tag, double theirs) {
        if (equal(value(base, tag), theirs)) {
            return Optional.of(List.of());
        }
        for (String step : steps) {
            if (equal(value(base.with(List.of(step), goal), tag), theirs)) {
                return Optional.of(List.of(step));
            }
        }
        if (equal(value(goal, tag), theirs)) {
            return Optional.of(needed(steps, tag, theirs));
        }
        for (String step : steps) {
            List<String> others = without(steps, step);
            if (equal(value(base.with(others, goal), tag), theirs)) {
                return Optional.of(needed(others, tag, theirs));
            }
        }
        return Optional.empty();
    }

    /** Drops, one after the other, the rules that do not matter. */
    private List<String> needed(List<String> names, String tag, double theirs) {
        List<String> left = names;
        for (String step : names) {
            List<String> fewer = without(left, step);
            if (equal(value(base.with(fewer, goal), tag), theirs)) {
                left = fewer;
            }
        }
        return left;
    }

    private static List<String> without(List<String> names, String name) {
        return names.stream().filter(n -> !n.equals(name)).toList();
    }

    private static boolean equal(double ours, double theirs) {
        return Math.abs(ours - theirs) <= EQUAL * Math.abs(theirs)
                || Double.isNaN(ours) && Double.isNaN(theirs);
    }

    /** Returns our value, NaN where the rules are refused for this image. */
    private double value(Rules rules, String tag) {
        Family family = family(tag).orElseThrow();
        return known.computeIfAbsent(rules, r -> new HashMap<>())
                .computeIfAbsent(family, f -> measure(f, rules))
                .getOrDefault(tag, Double.NaN);
    }

    private Map<String, Double> measure(Family family, Rules rules) {
        Map<String, Double> values = new HashMap<>();
        FeatureTable table;
        try {
            table =
                    settings.with(List.of(family), dimensions, rules)
                            .apply(exam, new Trace("explanation", 1));
        } catch (RefusedException e) {
            return values;
        }
        for (String column : table.features()) {
            String tag = column.substring(settings.image().length() + 1).replaceFirst("\\..*", "");
            values.putIfAbsent(tag, table.column(column)[0]);
        }
        return values;
    }

    /** Takes from their energy what was added to intensities: n (x̄ + c)² + n var = energy. */
    private void findShift(Map<String, Double> theirs) {
        for (Map.Entry<String, Double> entry : theirs.entrySet()) {
            if (!tags(entry.getKey()).contains("stat_rms")) {
                continue;
            }
            double rms = entry.getValue();
            double mean = value(goal, "stat_mean");
            double root = Math.sqrt(rms * rms - value(goal, "stat_var"));
            for (double shift : new double[] {root - mean, -root - mean}) {
                double whole = Math.rint(shift);
                if (whole != 0 && Math.abs(shift - whole) <= 1e-5 * Math.max(1, root)) {
                    Rules shifted = goal.withEnergyShift(whole);
                    if (equal(value(shifted, "stat_rms"), rms)) {
                        goal = shifted;
                        steps = base.differences(goal);
                        return;
                    }
                }
            }
        }
    }

    /** Returns our tags for a name of another program, the expected one first; perhaps none. */
    private List<String> tags(String name) {
        Optional<String> theirs = PyRadiomicsNames.tag(name);
        String plain = theirs.orElse(plain(name));
        Optional<Family> family = family(plain);
        if (family.isEmpty()) {
            return List.of();
        }
        Optional<String> tag = longest(family.get(), plain);
        if (tag.isEmpty()) {
            return List.of();
        }
        if (!family.get().isTexture()) {
            return List.of(tag.get());
        }
        String end = plain.substring(tag.get().length()).toLowerCase(Locale.ROOT);
        String dimension = dimension(end);
        boolean directional = family.get() == Family.GLCM || family.get() == Family.GLRLM;
        if (!directional) {
            return List.of(tag.get() + dimension);
        }
        List<String> both =
                List.of(tag.get() + dimension + "_avg", tag.get() + dimension + "_comb");
        // MIRP's 2.5d_d_mrg merges slices, not directions: over these it takes the mean
        boolean averaged = end.contains("_avg") || end.contains("_d_mrg");
        boolean merged = end.contains("_mrg") || end.contains("_comb");
        return averaged ? both.subList(0, 1) : merged ? both.subList(1, 2) : both;
    }

    private String dimension(String end) {
        if (end.contains("_2.5d") || end.contains("_2_5d")) {
            return "_2_5D";
        }
        if (end.contains("_3d")) {
            return "_3D";
        }
        return end.contains("_2d") ? "_2D" : "_" + settings.dimensions().get(0).tag();
    }

    private static boolean isIn(Dimension d, String tag) {
        boolean plane = d == Dimension.MERGED_SLICES && tag.startsWith("morph_2d_");
        return plane || tag.matches(".*_" + d.tag() + "(_avg|_comb)?");
    }

    private static Optional<Family> family(String name) {
        Matcher part = TAG.matcher(name);
        return part.find() ? Optional.of(FAMILIES.get(part.group(2))) : Optional.empty();
    }

    /** Returns a name without the image of one of our own columns. */
    private static String plain(String name) {
        Matcher part = TAG.matcher(name);
        return part.find() ? part.group(1) : name;
    }

    /** Returns the longest tag without aggregation that begins a name. */
    private static Optional<String> longest(Family family, String name) {
        String best = "";
        for (Feature f : features(family)) {
            boolean begins = name.equals(f.tag()) || name.startsWith(f.tag() + "_");
            begins |= name.startsWith(f.tag() + ".");
            best = begins && f.tag().length() > best.length() ? f.tag() : best;
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    private static List<Feature> features(Family family) {
        List<Feature> all = new ArrayList<>();
        switch (family) {
            case MORPHOLOGY -> {
                all.addAll(Morphology.FEATURES);
                all.addAll(Morphology.EXTRAS);
                all.addAll(PlaneShape.FEATURES);
            }
            case LOCAL_INTENSITY -> all.addAll(LocalIntensity.FEATURES);
            case STATISTICS -> {
                all.addAll(IntensityStatistics.FEATURES);
                all.addAll(IntensityStatistics.EXTRAS);
            }
            case HISTOGRAM -> all.addAll(IntensityHistogram.FEATURES);
            case IVH -> all.addAll(VolumeHistogram.FEATURES);
            default -> {
                Rules extras = Profile.PYRADIOMICS.rules();
                int place = family.ordinal() - Family.GLCM.ordinal();
                all.addAll(TextureParameters.IBSI.families(extras).get(place).features());
            }
        }
        return all;
    }
}
