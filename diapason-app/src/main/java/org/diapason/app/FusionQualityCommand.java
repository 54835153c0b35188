package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diapason.fusion.Scale;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.quality.Figure;
import org.diapason.quality.FusionQuality;
import org.diapason.quality.Metric;
import org.diapason.quality.Wanted;
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
            names = "--scale",
            paramLabel = "S",
            description =
                    "The scale on which the sources were fused: as-is (default) or percentiles."
                            + " Edges and differences only compare on it.")
    String scale = "as-is";

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

    @Override
    public Integer call() throws IOException {
        Wanted wanted = options.start(fused, first, second, low);
        Scale on = FusionOptions.scale(scale);
        Volume f = Images.read(fused).volume();
        Volume a = on.of(Images.read(first).volume(), InputFile.name(first));
        Volume b = on.of(Images.read(second).volume(), InputFile.name(second));
        FusionQuality quality =
                FusionQuality.of(
                        f,
                        a,
                        b,
                        Optional.ofNullable(sharp),
                        Optional.ofNullable(low).map(file -> Images.read(file).volume()),
                        wanted.figures(),
                        options.settings(f, fused));
        Map<String, Object> images = new LinkedHashMap<>();
        images.put("fused", InputFile.name(fused));
        images.put("a", InputFile.name(first));
        images.put("b", InputFile.name(second));
        return options.tell(
                images,
                List.of(
                        judged("metrics", "both", quality.together()),
                        judged("metricsA", InputFile.name(first), quality.byA()),
                        judged("metricsB", InputFile.name(second), quality.byB())));
    }

    private static QualityOptions.Judged judged(
            String key, String sources, Map<Metric, Figure> figures) {
        return new QualityOptions.Judged(key, "beside " + sources, figures);
    }
}
