package org.diapason.app;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.fusion.Fusion;
import org.diapason.fusion.Scale;
import org.diapason.io.run.TreeFile;
import picocli.CommandLine.Option;

/** The rule of a fusion and its usual settings; all others stand in braces, as in a recipe. */
final class FusionOptions {
    private static final String WHERE = "fuse";

    @Option(
            names = "--rule",
            required = true,
            paramLabel = "RULE",
            description = "How images are fused: a name, or a name with settings in braces.")
    String rule;

    @Option(
            names = "--weights",
            paramLabel = "W,W…",
            description =
                    "Weights of the images (weighted), or of their base (laplacian, dwt, swt).")
    String weights;

    @Option(names = "--levels", paramLabel = "N", description = "Levels of laplacian, dwt or swt.")
    String levels;

    @Option(
            names = "--detail",
            paramLabel = "D",
            description = "How details are chosen: match or max-abs (laplacian, dwt, swt).")
    String detail;

    @Option(
            names = "--wavelet",
            paramLabel = "W",
            description = "haar, db2 to db8, cdf-5-3 or cdf-9-7 (dwt).")
    String wavelet;

    @Option(
            names = "--radius",
            paramLabel = "R",
            description = "Reach of the box in voxels (energy, softmax-energy).")
    String radius;

    /** What a recipe would hold in its place. */
    private record Chosen(Fusion rule, Optional<Scale> scale) {}

    /** Returns the rule that is meant. */
    Fusion rule() {
        Map<String, Tree> settings = new LinkedHashMap<>();
        if (weights != null) {
            settings.put(
                    "weights",
                    new Tree.Items(
                            Arrays.stream(weights.split(",", -1))
                                    .map(w -> (Tree) new Tree.Text(w.trim(), WHERE))
                                    .toList(),
                            WHERE));
        }
        put(settings, "levels", levels);
        put(settings, "detail", detail);
        put(settings, "wavelet", wavelet);
        put(settings, "radius", radius);
        Tree given = tree("--rule", rule);
        if (!settings.isEmpty() && !(given instanceof Tree.Text)) {
            throw new IllegalArgumentException(
                    "--rule has settings in braces; write --"
                            + settings.keySet().iterator().next()
                            + " there too.");
        }
        Tree whole =
                settings.isEmpty()
                        ? given
                        : new Tree.Fields(
                                Map.of(rule.trim(), new Tree.Fields(settings, WHERE)), WHERE);
        return read("rule", whole).rule();
    }

    /** Returns the rule of a name, or of a name with settings in braces. */
    static Fusion rule(String text) {
        return read("rule", tree("--rule", text.strip())).rule();
    }

    /** Returns the scale of that name. */
    static Scale scale(String name) {
        Map<String, Tree> fields = new LinkedHashMap<>();
        fields.put("rule", new Tree.Text("max", WHERE));
        fields.put("scale", new Tree.Text(name, WHERE));
        return Settings.read(Chosen.class, new Tree.Fields(fields, WHERE)).scale().orElseThrow();
    }

    private static Chosen read(String name, Tree value) {
        return Settings.read(Chosen.class, new Tree.Fields(Map.of(name, value), WHERE));
    }

    private static void put(Map<String, Tree> settings, String name, String text) {
        if (text != null) {
            settings.put(name, tree("--" + name, text));
        }
    }

    private static Tree tree(String name, String text) {
        return text.startsWith("{") ? TreeFile.parse(name, text) : new Tree.Text(text, WHERE);
    }
}
