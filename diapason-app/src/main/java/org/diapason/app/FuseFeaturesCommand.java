package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.diapason.fusion.FeatureFusion;
import org.diapason.fusion.FeatureMap;
import org.diapason.fusion.ObjectCut;
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
    double[] weights;

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
    double[] seed;

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
                        Optional.ofNullable(weights).map(Numbers::of),
                        number(low),
                        number(high),
                        slices,
                        !asMeasured);
        Optional<SeedBox> box = Optional.ofNullable(seedBox).map(SeedBox::parse);
        ObjectCut objectCut =
                new ObjectCut(
                        Optional.ofNullable(seed).map(Numbers::of),
                        number(cut == null ? null : cut.threshold));
        List<Path> images = files.subList(0, files.size() - 1);
        Path out = files.get(files.size() - 1);
        requireSound(images, out);
        FeatureMap found = fusion.of(InUnits.onOneGrid(images));
        Optional<Mask> object = box.map(b -> objectCut.of(b, found));
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
        FeatureText text = new FeatureText(found, object, agreement);
        if (json.write(text.fields())) {
            text.lines(images).forEach(System.out::println);
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
        List<Path> inputs = new ArrayList<>(images);
        inputs.add(reference);
        Outputs.besides(inputs)
                .and("OUT", out)
                .and("--contours-out", contoursOut)
                .and("--mask-out", maskOut)
                .and("--json", json.path());
    }

    private static OptionalDouble number(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
