package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import org.diapason.compositing.Average;
import org.diapason.compositing.Blend;
import org.diapason.compositing.Flatten;
import org.diapason.compositing.Guidance;
import org.diapason.compositing.Illumination;
import org.diapason.compositing.Membrane;
import org.diapason.compositing.Mixed;
import org.diapason.compositing.Monochrome;
import org.diapason.compositing.Seamless;
import org.diapason.poisson.Amg;
import org.diapason.poisson.Direct;
import org.diapason.poisson.Multigrid;
import org.diapason.poisson.PoissonSolver;
import org.diapason.poisson.Sine;
import org.diapason.poisson.Sor;
import org.diapason.step.Spelling;
import org.diapason.volume.Mask;
import picocli.CommandLine.Option;

/** What {@code blend} wishes for, and how that is solved. */
final class BlendOptions {
    private static final Map<String, Supplier<PoissonSolver>> SOLVERS = new LinkedHashMap<>();

    static {
        SOLVERS.put("multigrid", Multigrid::new);
        SOLVERS.put("sor", Sor::new);
        SOLVERS.put("direct", Direct::new);
        SOLVERS.put("fft", Sine::new);
        SOLVERS.put("amg", Amg::new);
    }

    /** The fields of differences by their names. */
    enum Gradients {
        SOURCE,
        MIXED,
        AVERAGE,
        MONOCHROME,
        MEMBRANE,
        FLATTEN,
        ILLUMINATION
    }

    @Option(
            names = "--gradients",
            paramLabel = "G",
            description =
                    "source (seamless cloning), mixed (the larger of both), average, monochrome (of"
                            + " the source's grey), membrane (none), flatten (of the source at edges"
                            + " only), illumination (of the source, evened out). Default:"
                            + " ${DEFAULT-VALUE}.")
    String gradients = "source";

    @Option(
            names = "--per-channel",
            description =
                    "With mixed: choose in every channel by itself. Default: by the norm over all, so"
                            + " that edges keep their colour.")
    boolean perChannel;

    @Option(
            names = "--edges",
            paramLabel = "M",
            description = "With flatten: the pixels of edges, a mask of the size of TARGET.")
    Path edges;

    @Option(
            names = "--share",
            paramLabel = "A",
            description =
                    "With illumination: gradients of A times the mean stay as they are. Default: 0.2.")
    Double share;

    @Option(
            names = "--power",
            paramLabel = "B",
            description =
                    "With illumination: 0 changes nothing, 1 makes all gradients alike. Default: 0.2.")
    Double power;

    @Option(
            names = "--screen",
            paramLabel = "L",
            description =
                    "Hold the level too, further than about 1/sqrt(L) pixels from the border of the"
                            + " mask. Default: 0, not at all.")
    double screen;

    @Option(
            names = "--hold",
            paramLabel = "H",
            description =
                    "Whose level a screen holds: source or target. Default: source, target for a"
                            + " membrane.")
    String hold;

    @Option(
            names = "--solver",
            paramLabel = "S",
            description = "multigrid, sor, direct, fft or amg. Default: ${DEFAULT-VALUE}.")
    String solver = "multigrid";

    @Option(
            names = "--tolerance",
            paramLabel = "E",
            description =
                    "What no pixel may be further off than, in units of TARGET; certified. Default:"
                            + " 0.001 times the range of TARGET (largest minus least value).")
    Double tolerance;

    Gradients gradients() {
        return one(Gradients.values(), "--gradients", gradients);
    }

    /**
     * Checks what can be checked before anything is read.
     *
     * @throws IllegalArgumentException if a word is unknown or options do not go together
     */
    void requireSense() {
        Gradients chosen = gradients();
        solver();
        only(perChannel, "--per-channel", chosen, Gradients.MIXED);
        only(edges != null, "--edges", chosen, Gradients.FLATTEN);
        only(share != null, "--share", chosen, Gradients.ILLUMINATION);
        only(power != null, "--power", chosen, Gradients.ILLUMINATION);
        if (chosen == Gradients.FLATTEN && edges == null) {
            throw new IllegalArgumentException(
                    "--gradients flatten keeps the differences at edges: say where they are with"
                            + " --edges.");
        }
        if (hold != null && screen == 0) {
            throw new IllegalArgumentException("--hold is for --screen.");
        }
        blend(path -> null);
    }

    private static void only(boolean given, String option, Gradients chosen, Gradients of) {
        if (given && chosen != of) {
            throw new IllegalArgumentException(
                    option + " is for --gradients " + of.name().toLowerCase(Locale.ROOT) + ".");
        }
    }

    /**
     * Returns the blend that is meant.
     *
     * @param drawn reads the mask of edges, where there is one
     */
    Blend blend(Function<Path, Mask> drawn) {
        boolean target = gradients() == Gradients.MEMBRANE;
        Blend.Hold whose =
                hold == null
                        ? target ? Blend.Hold.TARGET : Blend.Hold.SOURCE
                        : one(Blend.Hold.values(), "--hold", hold);
        return new Blend(
                guidance(drawn),
                screen,
                whose,
                solver(),
                tolerance == null ? OptionalDouble.empty() : OptionalDouble.of(tolerance));
    }

    private Guidance guidance(Function<Path, Mask> drawn) {
        return switch (gradients()) {
            case SOURCE -> new Seamless();
            case MIXED -> new Mixed(perChannel);
            case AVERAGE -> new Average();
            case MONOCHROME -> new Monochrome();
            case MEMBRANE -> new Membrane();
            case FLATTEN -> new Flatten(drawn.apply(edges));
            case ILLUMINATION ->
                    new Illumination(share == null ? 0.2 : share, power == null ? 0.2 : power);
        };
    }

    private PoissonSolver solver() {
        return SOLVERS.getOrDefault(
                        solver,
                        () -> {
                            throw unknown("--solver", solver, SOLVERS.keySet());
                        })
                .get();
    }

    private static <E extends Enum<E>> E one(E[] all, String option, String asked) {
        List<String> words = new ArrayList<>();
        for (E each : all) {
            String word = each.name().toLowerCase(Locale.ROOT);
            if (word.equals(asked)) {
                return each;
            }
            words.add(word);
        }
        throw unknown(option, asked, words);
    }

    private static IllegalArgumentException unknown(
            String option, String asked, Collection<String> known) {
        return new IllegalArgumentException(
                option + " " + asked + ": " + Spelling.hint(asked, known));
    }
}
