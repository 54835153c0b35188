package org.diapason.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.transform.Transforms;
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
import picocli.CommandLine.Parameters;

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
    @Parameters(index = "0", paramLabel = "T", description = "The transform.")
    Path file;

    @Parameters(index = "1", paramLabel = "OUT", description = "The image to write.")
    Path out;

    @Option(
            names = "--like",
            paramLabel = "FIXED",
            description = "The image whose grid OUT gets. Default: the grid of T's own field.")
    Path like;

    @Option(
            names = "--log",
            description = "Write the natural logarithm, NaN where space folds; 0 keeps volume.")
    boolean log;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Outputs.besides(file, like).and("OUT", out);
        Transform t = Transforms.read(file);
        Geometry grid = like == null ? own(t) : Images.read(like).volume().geometry();
        Jacobian map = Jacobian.of(t, grid);
        Images.write(out, Image.of(log ? map.logarithm() : map.determinant()));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("least", map.least());
        fields.put("most", map.most());
        fields.put("foldedShare", map.share());
        if (json.write(fields)) {
            System.out.println(
                    InputFile.name(out)
                            + ": determinant "
                            + Numbers.fixed(map.least(), 4)
                            + " … "
                            + Numbers.fixed(map.most(), 4)
                            + ", 0 or less at "
                            + Numbers.fixed(100 * map.share(), 4)
                            + " % of "
                            + grid.voxels()
                            + " voxels");
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
                        + InputFile.name(file)
                        + " does not begin with a field, so it has no grid of its own. Name the"
                        + " fixed image.");
    }
}
