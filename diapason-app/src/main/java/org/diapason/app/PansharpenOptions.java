package org.diapason.app;

import java.util.LinkedHashMap;
import java.util.Map;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.TreeFile;
import org.diapason.pansharpening.Resolution;
import org.diapason.pansharpening.Sharpening;
import org.diapason.step.Default;
import org.diapason.steps.fuse.Pansharpen;
import picocli.CommandLine.Option;

/** The rule of pansharpening and what is said of the bands' resolution. */
final class PansharpenOptions {
    private static final String WHERE = "pansharpen";

    @Option(
            names = "--rule",
            required = true,
            paramLabel = "RULE",
            description =
                    "ihs, brovey, gram-schmidt, hpf, mtf-glp or atwt, or one with settings in braces.")
    String rule;

    @Option(
            names = "--fwhm-mm",
            paramLabel = "F",
            description =
                    "Full width at half maximum of the bands in mm, or three along the axes of SHARP:"
                            + " 6,6,5. Default: what is known of them, else from their voxels.")
    String fwhmMm;

    @Option(
            names = "--spacing-mm",
            paramLabel = "S",
            description =
                    "Voxels of the bands in mm before they were brought to the grid of SHARP, one"
                            + " number or three. Needed there where no width is known.")
    String spacingMm;

    @Option(
            names = "--nyquist-gain",
            paramLabel = "G",
            description =
                    "Transfer of the bands' scanner at their Nyquist frequency, from which a width"
                            + " follows where none is known. Default: ${DEFAULT-VALUE}.")
    String nyquistGain = "0.3";

    @Option(
            names = "--harm",
            paramLabel = "H",
            description =
                    "What becomes of a result that is worse than the bands left alone: refuse, or"
                            + " warn. Default: ${DEFAULT-VALUE}.")
    String harm = "refuse";

    /** What a recipe would hold in their place. */
    private record Chosen(Sharpening rule, @Default("refuse") Pansharpen.Harm harm) {}

    Sharpening rule() {
        return chosen().rule();
    }

    /** Says whether a result that does harm is refused. */
    boolean refuses() {
        return chosen().harm() == Pansharpen.Harm.REFUSE;
    }

    Resolution resolution() {
        Map<String, Tree> fields = new LinkedHashMap<>();
        put(fields, "fwhm-mm", fwhmMm);
        put(fields, "spacing-mm", spacingMm);
        put(fields, "nyquist-gain", nyquistGain);
        return Settings.read(Resolution.class, new Tree.Fields(fields, WHERE));
    }

    private Chosen chosen() {
        Map<String, Tree> fields = new LinkedHashMap<>();
        put(fields, "rule", rule);
        put(fields, "harm", harm);
        return Settings.read(Chosen.class, new Tree.Fields(fields, WHERE));
    }

    private static void put(Map<String, Tree> fields, String name, String text) {
        if (text == null) {
            return;
        }
        boolean tree = text.startsWith("{");
        boolean list = text.contains(",") && !tree;
        fields.put(
                name,
                tree || list
                        ? TreeFile.parse("--" + name, list ? "[" + text + "]" : text)
                        : new Tree.Text(text, WHERE));
    }
}
