package org.diapason.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.registration.Jacobian;
import org.diapason.volume.Chain;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason jacobian}: by what a transform multiplies volumes, as an image. */
@Command(
        name = "jacobian",
        description =
                "Write by what a transform multiplies volumes at each voxel of the fixed image: 1"
                        + " keeps, 2 doubles from fixed to moving, 0 and less folds.",
        footer = {
            "",
            "Example: diapason jacobian t.json jacobian.nii.gz --like ct.nii.gz --log",
            "Fields are derived by central differences, which overlook folds of one voxel; the"
                    + " certificate of diapason register does not."
        })
final class JacobianCommand implements Callable<Integer> {
    @Mixin TransformOperands on = new TransformOperands();

    @Option(
            names = "--log",
            description = "Write the natural logarithm, NaN where space folds; 0 keeps volume.")
    boolean log;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Transform t = on.read();
        Geometry grid = on.grid().orElseGet(() -> own(t));
        Jacobian map = Jacobian.of(t, grid);
        long unknown = 0;
        for (float d : map.determinant().values()) {
            unknown += d != d ? 1 : 0;
        }
        Images.write(on.out, Image.of(log ? map.logarithm() : map.determinant()));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("least", map.least());
        fields.put("most", map.most());
        fields.put("foldedShare", map.share());
        fields.put("unknownVoxels", unknown);
        if (json.write(fields)) {
            System.out.println(
                    InputFile.name(on.out)
                            + ": determinant "
                            + Numbers.fixed(map.least(), 4)
                            + " … "
                            + Numbers.fixed(map.most(), 4)
                            + ", 0 or less at "
                            + Numbers.fixed(100 * map.share(), 4)
                            + " % of "
                            + grid.voxels()
                            + " voxels"
                            + (unknown > 0
                                    ? "; " + unknown + " that nothing leads to are NaN"
                                    : ""));
        }
        return CommandLines.DONE;
    }

    private Geometry own(Transform t) {
        Transform first = t instanceof Chain chain ? chain.parts().get(0) : t;
        if (first instanceof DisplacementField field) {
            return field.geometry();
        }
        throw new IllegalArgumentException(
                "--like is missing: "
                        + InputFile.name(on.file)
                        + " does not begin with a field, so it has no grid of its own. Name the"
                        + " fixed image.");
    }
}
