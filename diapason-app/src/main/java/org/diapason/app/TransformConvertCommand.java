package org.diapason.app;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diapason.io.InputFile;
import org.diapason.io.transform.Transforms;
import org.diapason.registration.Deformation;
import org.diapason.volume.Affine;
import org.diapason.volume.BsplineTransform;
import org.diapason.volume.Chain;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Transform;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason transform-convert}: a transform in the form of another program. */
@Command(
        name = "transform-convert",
        description =
                "Write a transform in another form, by the ending: .tfm (ITK, ANTs), .mat (ANTs'"
                        + " affine), .txt (elastix), .nii.gz (a field of shifts), .json (ours).",
        footer = {
            "",
            "Example: diapason transform-convert TransformParameters.0.txt t.tfm",
            "         diapason transform-convert t.json warp.nii.gz --like ct.nii.gz",
            "docs/concepts/transforms.md says which form holds what."
        })
final class TransformConvertCommand implements Callable<Integer> {
    @Mixin TransformOperands on = new TransformOperands();

    @Option(names = "--inverse", description = "Write the way back, from moving to fixed.")
    boolean inverse;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Transform t = on.read();
        t = inverse ? t.inverse() : t;
        Optional<Geometry> grid = on.grid();
        String end = InputFile.name(on.out).toLowerCase(Locale.ROOT);
        boolean field = Transforms.isField(on.out);
        double miss = 0;
        long missed = 0;
        boolean ours = end.endsWith(".json");
        if (grid.isPresent() && (field || !ours && Deformation.isSearched(t))) {
            Deformation made = Deformation.on(grid.get(), t);
            t = made.field();
            miss = made.worstMissMm();
            missed = made.missed();
        }
        Transforms.write(on.out, t, grid);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", kind(t));
        fields.put("worstMissMm", miss);
        fields.put("missedVoxels", missed);
        if (json.write(fields)) {
            System.out.println(InputFile.name(on.out) + ": " + kind(t));
        }
        WarpCommand.warnOfMiss(missed, miss, "voxels hold the nearest place that was met");
        return CommandLines.DONE;
    }

    private static String kind(Transform t) {
        if (t instanceof Chain chain) {
            StringBuilder all = new StringBuilder();
            for (Transform part : chain.parts()) {
                all.append(all.isEmpty() ? "" : ", then ").append(kind(part));
            }
            return all.toString();
        }
        return t instanceof Affine
                ? "affine"
                : t instanceof BsplineTransform
                        ? "B-spline"
                        : t instanceof DisplacementField ? "field of shifts" : "the way back";
    }
}
