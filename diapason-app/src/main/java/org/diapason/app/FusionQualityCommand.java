package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.quality.DataRange;
import org.diapason.quality.Figure;
import org.diapason.quality.FusionQuality;
import org.diapason.quality.Metric;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason fusion-quality}: figures of a fused image beside its sources. */
@Command(
        name = "fusion-quality",
        description =
                "Say what a fused image kept of its two sources: edges, information, structure,"
                        + " differences; for bands sharpened by another image their distortions.",
        footer = {
            "",
            "metrics: the fused image beside both; metricsA, metricsB: beside one. What compares"
                    + " two images is the mean of both, mi their sum. PET and MR have different edges,"
                    + " so no fused image reaches the best value.",
            "Example: diapason fusion-quality fused.nii.gz ct.nii.gz pet.nii.gz --json q.json",
            "         diapason fusion-quality sharp.tif pan.tif bands.tif --sharp A --ratio 0.25",
            "docs/concepts/image-quality.md has the formulas."
        })
final class FusionQualityCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FUSED", description = "The fused image.")
    Path fused;

    @Parameters(index = "1", paramLabel = "A", description = "The first source, on its grid.")
    Path first;

    @Parameters(index = "2", paramLabel = "B", description = "The second source, on its grid.")
    Path second;

    @Option(
            names = "--sharp",
            paramLabel = "A|B",
            description =
                    "Which source lent its sharpness to the other, for dS and qnr. Default: the one"
                            + " of one channel where the other has several.")
    FusionQuality.Sharp sharp;

    @Option(
            names = "--low",
            paramLabel = "BANDS",
            description =
                    "The source that is not sharp on its own coarse grid. Default: as it is on the"
                            + " grid of FUSED; then --ratio says how coarse it was.")
    Path low;

    @Mixin QualityOptions options = new QualityOptions();

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws IOException {
        common.start();
        Set<Metric> wanted = options.wanted();
        options.range();
        Outputs.besides(fused, first, second, low, options.mask).and("--json", json.path());
        Volume f = Images.read(fused).volume();
        Volume a = Images.read(first).volume();
        Volume b = Images.read(second).volume();
        FusionQuality quality =
                FusionQuality.of(
                        f,
                        a,
                        b,
                        Optional.ofNullable(sharp),
                        Optional.ofNullable(low).map(file -> Images.read(file).volume()),
                        wanted,
                        options.settings(f.geometry(), fused));
        if (json.write(fields(quality))) {
            print("beside both", quality.together());
            print("beside " + InputFile.name(first), quality.byA());
            print("beside " + InputFile.name(second), quality.byB());
        }
        return CommandLines.DONE;
    }

    private Map<String, Object> fields(FusionQuality quality) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("fused", InputFile.name(fused));
        fields.put("a", InputFile.name(first));
        fields.put("b", InputFile.name(second));
        fields.put("dataRange", options.range().map(DataRange::width).orElse(null));
        fields.put("metrics", QualityText.fields(quality.together()));
        fields.put("metricsA", QualityText.fields(quality.byA()));
        fields.put("metricsB", QualityText.fields(quality.byB()));
        return fields;
    }

    private static void print(String title, Map<Metric, Figure> figures) {
        System.out.println(title);
        QualityText.lines(figures).forEach(line -> System.out.println("  " + line));
    }
}
