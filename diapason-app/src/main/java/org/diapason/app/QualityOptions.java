package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.io.Masks;
import org.diapason.quality.DataRange;
import org.diapason.quality.Figure;
import org.diapason.quality.Metric;
import org.diapason.quality.Settings;
import org.diapason.quality.Wanted;
import org.diapason.volume.Volume;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What the commands that judge images have in common: which figures, how they are made, and how
 * they are told.
 */
final class QualityOptions {
    @Option(
            names = "--metrics",
            paramLabel = "NAMES",
            split = ",",
            description = "Which figures, with commas between. Default: ${DEFAULT-VALUE}.")
    List<String> metrics = List.of("all");

    @Option(
            names = "--data-range",
            paramLabel = "L",
            description =
                    "What values could span: 255 for 8 bits, or LOW:HIGH as in -1000:1000. Never"
                            + " taken from the images; psnr, ssim, ssimUniform7, msSsim and vif need"
                            + " it. With LOW the bins of mi and entropy span it too.")
    String dataRange;

    @Option(
            names = "--mask",
            paramLabel = "M",
            description = "Count only these voxels, and windows with their middle in it.")
    Path mask;

    @Option(
            names = "--by-slices",
            description = "Windows and differences stay within slices. Default: they span volumes.")
    boolean bySlices;

    @Option(
            names = "--ratio",
            paramLabel = "H/L",
            description =
                    "Size of a fine voxel over that of a coarse one, for ergas and dS. Default:"
                            + " ${DEFAULT-VALUE}.")
    double ratio = 1;

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            description =
                    "Intervals of 95 %% from N draws, 100 to 100000, of neighbouring blocks that the image"
                            + " is parted into, 8 × 8 of a slice, 4 × 4 × 4 of a volume. Default:"
                            + " none.")
    int draws;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of the draws. Default: ${DEFAULT-VALUE}.")
    long seed = 1;

    @Option(
            names = "--literature",
            description = "Say too what well-known programs give where they differ, and why.")
    boolean literature;

    @Mixin private JsonOption json = new JsonOption();

    @Mixin private Common common = new Common();

    private Wanted wanted;

    /**
     * Begins: checks everything that can be checked before anything is read.
     *
     * @param read the images that will be read; one that is null is none
     */
    Wanted start(Path... read) {
        common.start();
        wanted =
                new Wanted(
                        metrics,
                        Optional.ofNullable(dataRange),
                        bySlices,
                        ratio,
                        draws,
                        seed,
                        literature);
        List<Path> all = new ArrayList<>(Arrays.asList(read));
        all.add(mask);
        Outputs.besides(all).and("--json", json.path());
        return wanted;
    }

    /** Returns settings for images on the grid of one. */
    Settings settings(Volume image, Path file) {
        return wanted.settings(
                Optional.ofNullable(mask)
                        .map(m -> Masks.read(m, image.geometry(), Optional.of(file))));
    }

    /** Writes what was judged, or says it. */
    int tell(Map<String, Object> images, List<Judged> judged) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>(images);
        fields.put("dataRange", wanted.range().map(DataRange::width).orElse(null));
        judged.forEach(j -> fields.put(j.key(), QualityText.fields(j.figures())));
        if (json.write(fields)) {
            for (Judged j : judged) {
                if (j.figures().isEmpty()) {
                    continue; // none that was asked for is defined beside these
                }
                String indent = j.title().isEmpty() ? "" : "  ";
                if (!j.title().isEmpty()) {
                    System.out.println(j.title());
                }
                QualityText.lines(j.figures()).forEach(l -> System.out.println(indent + l));
            }
        }
        return CommandLines.DONE;
    }

    /**
     * Figures with what they are of.
     *
     * @param key where they stand in JSON
     * @param title for people; empty for none
     */
    record Judged(String key, String title, Map<Metric, Figure> figures) {}
}
