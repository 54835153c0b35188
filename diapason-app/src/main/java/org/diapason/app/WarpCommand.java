package org.diapason.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.transform.VectorImages;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.registration.Deformation;
import org.diapason.registration.Vectors;
import org.diapason.registration.Warp;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason warp}: a moving image on the grid of a fixed one. */
@Command(
        name = "warp",
        description =
                "Put a moving image on the grid of a fixed one through a transform, in one"
                        + " interpolation. NaN where the moving image has no voxels.",
        footer = {
            "",
            "Example: diapason warp pet.nii.gz t.tfm pet-on-ct.nii.gz --like ct.nii.gz",
            "         diapason warp atlas.nii.gz t.json labels.nii.gz --like ct.nii.gz --labels",
            "         diapason warp mr.nii.gz identity mr-on-pet.nii.gz --like pet.nii.gz",
            "         diapason warp v1.nii.gz t.json v1-on-ct.nii.gz --like ct.nii.gz --vectors turned",
            "T: ITK's .tfm or .txt, ANTs' .mat, elastix's TransformParameters.*.txt, a NIfTI field"
                    + " or our .json (docs/concepts/transforms.md)."
        })
final class WarpCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MOVING", description = "The image to move.")
    Path moving;

    @Parameters(
            index = "1",
            paramLabel = "T",
            description =
                    "The transform, from places of the fixed image to those of the moving; identity"
                            + " where both lie in one frame already.")
    Path file;

    @Parameters(index = "2", paramLabel = "OUT", description = "The image to write.")
    Path out;

    @Option(
            names = "--like",
            required = true,
            paramLabel = "FIXED",
            description = "The image whose grid OUT gets.")
    Path like;

    @Option(
            names = "--labels",
            description =
                    "MOVING holds labels or a mask: each voxel gets the label that linear"
                            + " interpolation gives most of it to; with --interpolation nearest that of"
                            + " the nearest voxel. 0 outside.")
    boolean labels;

    @Option(
            names = "--vectors",
            paramLabel = "HOW",
            description =
                    "What becomes of components: carried (turned and stretched by the Jacobian, as"
                            + " small shifts are), turned (by its rotation alone, as fibres are) or"
                            + " kept (no vectors).")
    Vectors vectors;

    @Option(
            names = "--interpolation",
            paramLabel = "I",
            description = "nearest, linear, cubic or sinc. Default: cubic; for labels linear.")
    Interpolation interpolation;

    @Option(names = "--inverse", description = "Undo the transform: T leads from MOVING to FIXED.")
    boolean inverse;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Outputs.besides(moving, file, like).and("OUT", out);
        boolean smooth =
                interpolation == Interpolation.CUBIC || interpolation == Interpolation.SINC;
        if (labels && smooth) {
            throw new IllegalArgumentException(
                    "--labels takes --interpolation nearest or linear: "
                            + interpolation.name().toLowerCase(Locale.ROOT)
                            + " would make values between labels.");
        }
        if (labels && vectors != null) {
            throw new IllegalArgumentException("--labels and --vectors exclude each other.");
        }
        Transform t = NamedTransform.read(file);
        Geometry grid = Images.read(like).volume().geometry();
        Volume image = image();
        Deformation searched = null;
        t = inverse ? t.inverse() : t;
        if (Deformation.isSearched(t)) {
            searched = Deformation.found(grid, t);
            t = searched.field();
        }
        Volume result = warped(image, t, grid);
        Images.write(out, Image.of(result));
        long outside = outside(image.geometry(), grid, t);
        double miss = searched == null ? 0 : searched.worstMissMm();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("voxels", grid.voxels());
        fields.put("outsideVoxels", outside);
        fields.put("worstMissMm", miss);
        long missed = searched == null ? 0 : searched.missed();
        fields.put("missedVoxels", missed);
        if (json.write(fields)) {
            System.out.println(
                    InputFile.name(out)
                            + ": "
                            + result
                            + (outside > 0
                                    ? "; "
                                            + outside
                                            + " voxels outside the moving image are "
                                            + (labels ? "0" : "NaN")
                                    : ""));
        }
        warnOfMiss(missed, miss, "voxels are " + (labels ? "0" : "NaN"));
        return CommandLines.DONE;
    }

    private Volume warped(Volume image, Transform t, Geometry grid) {
        if (!labels) {
            Interpolation how = interpolation == null ? Interpolation.CUBIC : interpolation;
            return vectors == null
                    ? Warp.image(image, t, grid, how)
                    : Warp.vectors(image, t, grid, how, vectors);
        }
        return interpolation == Interpolation.NEAREST
                ? Warp.nearestLabels(image, t, grid)
                : Warp.labels(image, t, grid);
    }

    private Volume image() {
        boolean turn = vectors == Vectors.CARRIED || vectors == Vectors.TURNED;
        if (turn) {
            return VectorImages.read(moving);
        }
        return labels ? Images.read(moving).volume() : InUnits.read(moving);
    }

    private static long outside(Geometry moving, Geometry grid, Transform t) {
        long outside = 0;
        for (boolean in : Grid.inField(moving, grid, t)) {
            outside += in ? 0 : 1;
        }
        return outside;
    }

    /** Says where a way back was not found, and what stands there. */
    static void warnOfMiss(long missed, double missMm, String what) {
        if (missed > 0) {
            System.err.println(
                    "warning: "
                            + missed
                            + " "
                            + what
                            + ": nothing leads there, since the deformation ends at the border of"
                            + " its grid or folds; the nearest way misses by up to "
                            + Numbers.fixed(missMm, 3)
                            + " mm. See folds with diapason jacobian.");
        }
    }
}
