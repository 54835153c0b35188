package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.quality.Comparison;
import org.diapason.quality.Figure;
import org.diapason.quality.Metric;
import org.diapason.quality.Wanted;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code diapason compare}: figures of one image beside another. */
@Command(
        name = "compare",
        description =
                "Say how one image differs from a reference on the same grid: errors, structural"
                        + " similarity, information, edges, distributions; each with the direction in"
                        + " which it improves.",
        footer = {
            "",
            "↑ is better when higher, ↓ when lower. What is not defined says why; what needs both"
                    + " sources of a fused image is for diapason fusion-quality.",
            "Example: diapason compare before.nii.gz after.nii.gz --data-range -1000:1000",
            "         diapason compare a.png b.png --metrics ssim,psnr --data-range 255 --json -",
            "docs/concepts/image-quality.md has the formulas."
        })
final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "A", description = "The reference.")
    Path reference;

    @Parameters(index = "1", paramLabel = "B", description = "The image that is judged.")
    Path image;

    @Mixin QualityOptions options = new QualityOptions();

    @Override
    public Integer call() throws IOException {
        Wanted wanted = options.start(reference, image);
        Volume a = Images.read(reference).volume();
        Volume b = Images.read(image).volume();
        Map<Metric, Figure> figures =
                Comparison.of(a, b, wanted.figures(), options.settings(a, reference));
        Map<String, Object> images = new LinkedHashMap<>();
        images.put("reference", InputFile.name(reference));
        images.put("image", InputFile.name(image));
        return options.tell(images, List.of(new QualityOptions.Judged("metrics", "", figures)));
    }
}
