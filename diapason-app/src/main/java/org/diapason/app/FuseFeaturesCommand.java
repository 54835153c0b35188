package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.diapason.fusion.FeatureFusion;
import org.diapason.fusion.FeatureMap;
import org.diapason.fusion.SeedBox;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.Masks;
import org.diapason.io.nifti.Nifti;
import org.diapason.math.MaskAgreement;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason fuse-features}: what several images show, as one map, lines and a mask. */
@Command(
        name = "fuse-features",
        description =
                "Fuse the edges, boundaries or texture of images on one grid into one map, with its"
                        + " contours and the mask of an object in a box.",
        footer = {
            "",
            "Images are divided by their range from the 1st to the 99th percentile, so that edges of"
                    + " different units compare; strengths are shares of it per mm.",
            "Example: diapason fuse-features ct.nii.gz pet.nii.gz edges.nii.gz --map edge --by tensor"
                    + " --sigma-mm 3",
            "         diapason fuse-features t1.nii.gz t2.nii.gz canny.nii.gz --map canny --sigma-mm 2"
                    + " --seed-box 40:60,35:52,12:20 --mask-out lesion.nii.gz --watershed"
                    + " --reference drawn.nii.gz",
            "docs/concepts/feature-fusion.md has the formulas."
        })
final class FuseFeaturesCommand implements Callable<Integer> {
    private static final double SAME_GRID_VOXELS = 1e-3;

    @Parameters(
            arity = "2..*",
            paramLabel = "IMAGE… OUT",
            description = "The images, and the map to write: .nii.gz .nii .nrrd .mha .mhd.")
    List<Path> files;

    @Option(
            names = "--map",
            required = true,
            paramLabel = "MAP",
            description = "edge, boundary, canny or texture.")
    FeatureFusion.Kind map;

    @Option(
            names = "--by",
            paramLabel = "RULE",
            description =
                    "union (the strongest), weight (the mean) or tensor (of the structure tensor)."
                            + " Default: union.")
    FeatureFusion.By by = FeatureFusion.By.UNION;

    @Option(
            names = "--sigma-mm",
            required = true,
            paramLabel = "S",
            description = "Width of the Gaussian, sigma, in mm.")
    double sigmaMm;

    @Option(
            names = "--weights",
            split = ",",
            paramLabel = "W",
            description = "One an image, with commas between. Default: equal.")
    List<Double> weights;

    @Option(
            names = "--low",
            paramLabel = "L",
            description =
                    "Lines weaker than this are dropped. Default: a tenth of the strongest edge.")
    Double low;

    @Option(
            names = "--high",
            paramLabel = "H",
            description =
                    "Lines stay that are this strong, or hang on such. Default: a fifth of the"
                            + " strongest edge.")
    Double high;

    @Option(names = "--slices", description = "Each slice by itself, not the volume.")
    boolean slices;

    @Option(
            names = "--as-measured",
            description = "Do not divide by the range: the images share a unit.")
    boolean asMeasured;

    @Option(
            names = "--contours-out",
            paramLabel = "C",
            description = "Write the lines as a mask, .nii or .nii.gz.")
    Path contoursOut;

    @Option(
            names = "--seed-box",
            paramLabel = "BOX",
            description = "First and last voxel around an object, from 0: i0:i1,j0:j1,k0:k1.")
    String seedBox;

    @Option(
            names = "--seed",
            split = ",",
            paramLabel = "I,J,K",
            description = "A voxel of the object. Default: the middle of the box.")
    int[] seed;

    @Option(
            names = "--mask-out",
            paramLabel = "M",
            description = "Write the object in the box as a mask, .nii or .nii.gz.")
    Path maskOut;

    @ArgGroup Cut cut;

    /** How the map becomes a mask. */
    static final class Cut {
        @Option(
                names = "--watershed",
                description = "By a watershed from the seed and the outside of the box (default).")
        boolean watershed;

        @Option(
                names = "--threshold",
                paramLabel = "T",
                description = "Where the map is at least T, and what that shuts off.")
        Double threshold;
    }

    @Option(
            names = "--reference",
            paramLabel = "R",
            description = "Say how far the mask agrees with this one.")
    Path reference;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        FeatureFusion fusion =
                new FeatureFusion(
                        map,
                        by,
                        sigmaMm,
                        Optional.ofNullable(weights).map(FuseFeaturesCommand::numbers),
                        number(low),
                        number(high),
                        slices,
                        !asMeasured);
        Optional<SeedBox> box = Optional.ofNullable(seedBox).map(SeedBox::parse);
        List<Path> images = files.subList(0, files.size() - 1);
        Path out = files.get(files.size() - 1);
        requireSound(images, out);
        FeatureMap found = fusion.of(read(images));
        Optional<Mask> object = box.map(b -> object(b, found));
        Geometry grid = found.map().geometry();
        Optional<MaskAgreement> agreement =
                Optional.ofNullable(reference)
                        .map(r -> Masks.read(r, grid, Optional.of(images.get(0))).voxels())
                        .map(r -> MaskAgreement.of(grid, object.orElseThrow().voxels(), r));
        Images.write(out, Image.of(found.map()));
        if (contoursOut != null) {
            Nifti.writeMask(contoursOut, found.contours());
        }
        if (maskOut != null) {
            Nifti.writeMask(maskOut, object.orElseThrow());
        }
        if (json.write(fields(found, object, agreement))) {
            lines(images, found, object, agreement).forEach(System.out::println);
        }
        return CommandLines.DONE;
    }

    private void requireSound(List<Path> images, Path out) {
        if (!ImageFormat.of(out).map(ImageFormat::placed).orElse(false)) {
            throw new IllegalArgumentException(
                    "OUT "
                            + InputFile.name(out)
                            + ": maps are written as .nii.gz, .nii, .nrrd, .mha or .mhd.");
        }
        if ((maskOut == null) != (seedBox == null)) {
            throw new IllegalArgumentException(
                    "--mask-out and --seed-box go together: the object to write, and where it is.");
        }
        if (seedBox == null && (reference != null || cut != null || seed != null)) {
            throw new IllegalArgumentException(
                    "--seed, --watershed, --threshold and --reference are of the object in a box:"
                            + " give --seed-box and --mask-out.");
        }
        if (seed != null && (seed.length != 3 || cut != null && cut.threshold != null)) {
            throw new IllegalArgumentException(
                    "--seed is one voxel i,j,k for the watershed; a threshold needs none.");
        }
        List<Path> inputs = new ArrayList<>(images);
        inputs.add(reference);
        Outputs.besides(inputs)
                .and("OUT", out)
                .and("--contours-out", contoursOut)
                .and("--mask-out", maskOut)
                .and("--json", json.path());
    }

    private static List<Volume> read(List<Path> images) {
        List<Volume> volumes = new ArrayList<>();
        for (Path file : images) {
            Volume volume = InUnits.oneScale(file);
            volumes.add(volume);
            if (!volumes.get(0).geometry().isClose(volume.geometry(), SAME_GRID_VOXELS)) {
                throw new IllegalArgumentException(
                        InputFile.name(file)
                                + " does not lie on the grid of "
                                + InputFile.name(images.get(0))
                                + ". Bring it there: diapason warp "
                                + InputFile.name(file)
                                + " T OUT --like "
                                + InputFile.name(images.get(0)));
            }
        }
        return volumes;
    }

    private Mask object(SeedBox box, FeatureMap found) {
        return cut != null && cut.threshold != null
                ? box.threshold(found.map(), cut.threshold)
                : box.watershed(found.relief(), seed == null ? box.middle() : seed);
    }

    private static Map<String, Object> fields(
            FeatureMap found, Optional<Mask> object, Optional<MaskAgreement> agreement) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("low", found.low());
        fields.put("high", found.high());
        fields.put("contourVoxels", found.contours().count());
        object.ifPresent(m -> fields.put("maskVoxels", m.count()));
        object.ifPresent(m -> fields.put("maskMl", millilitres(m)));
        agreement.ifPresent(
                a -> {
                    fields.put("dice", a.dice());
                    fields.put("hausdorffMm", a.hausdorffMm());
                    fields.put("meanSurfaceDistanceMm", a.surfaceMm());
                });
        return fields;
    }

    private List<String> lines(
            List<Path> images,
            FeatureMap found,
            Optional<Mask> object,
            Optional<MaskAgreement> agreement) {
        List<String> lines = new ArrayList<>();
        for (int m = 0; m < images.size(); m++) {
            lines.add(
                    "image       "
                            + InputFile.name(images.get(m))
                            + ", divided by "
                            + Numbers.plain(found.scales().get(m)));
        }
        lines.add(
                "contours    "
                        + found.contours().count()
                        + " voxels, from "
                        + Numbers.power(found.low(), 3)
                        + " where they hang on "
                        + Numbers.power(found.high(), 3));
        object.ifPresent(
                m ->
                        lines.add(
                                "object      "
                                        + m.count()
                                        + " voxels, "
                                        + Numbers.fixed(millilitres(m), 3)
                                        + " ml"));
        agreement.ifPresent(
                a ->
                        lines.add(
                                "agreement   Dice "
                                        + figure(a.dice(), "")
                                        + ", Hausdorff "
                                        + figure(a.hausdorffMm(), " mm")
                                        + ", mean surface distance "
                                        + figure(a.surfaceMm(), " mm")));
        return lines;
    }

    private static String figure(double value, String unit) {
        return value == value ? Numbers.fixed(value, 3) + unit : "none, as a mask is empty";
    }

    private static double millilitres(Mask mask) {
        return mask.count() * mask.geometry().voxelMm3() / 1000;
    }

    private static Numbers numbers(List<Double> values) {
        return Numbers.of(values.stream().mapToDouble(v -> v).toArray());
    }

    private static OptionalDouble number(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
