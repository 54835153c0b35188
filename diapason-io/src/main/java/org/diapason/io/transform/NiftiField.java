package org.diapason.io.transform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diapason.io.InputFile;
import org.diapason.io.nifti.Nifti;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * A field of shifts in NIfTI as ITK and ANTs have it: five axes, the fifth of three components.
 *
 * <p>Intent 1007 (vector): mm along LPS, as ITK and ANTs write them. Intent 1006 (displacement): mm
 * along RAS, as the standard has it and ITK since 5.4. The header itself is RAS, as in every NIfTI.
 */
final class NiftiField {
    private static final int VECTOR = 1007;
    private static final int DISPLACEMENT = 1006;

    private NiftiField() {}

    static DisplacementField read(Path path) {
        Volume volume = vectors(path);
        float[][] u = new float[3][];
        for (int r = 0; r < 3; r++) {
            u[r] = volume.channel(r);
            for (int v = 0; v < u[r].length; v++) {
                if (!Float.isFinite(u[r][v])) {
                    throw new DataException(
                            InputFile.name(path)
                                    + ": the shift of voxel "
                                    + v
                                    + " is no number. A field needs one everywhere; write 0 where"
                                    + " nothing is known to move.");
                }
            }
        }
        return DisplacementField.of(volume.geometry(), u[0], u[1], u[2]);
    }

    /** Returns three components along LPS, whatever the file has. */
    static Volume vectors(Path path) {
        Nifti.Intent intent = Nifti.intent(path);
        String name = InputFile.name(path);
        requireKnown(name, intent);
        Volume volume = Nifti.read(path).volume();
        Geometry g = volume.geometry();
        int many = volume.channels();
        if (many != intent.components() || !(many == 3 || many == 2 && g.nk() == 1)) {
            throw new DataException(
                    name
                            + ": has "
                            + many
                            + " channels, and a field of shifts or vectors has three on axis 5, or"
                            + " two where it is one slice. Give the field, not an image.");
        }
        float sign = intent.code() == DISPLACEMENT ? -1 : 1;
        List<float[]> planes = new ArrayList<>();
        for (int r = 0; r < 3; r++) {
            float[] plane = r < many ? volume.channel(r) : new float[g.voxels()];
            for (int v = 0; r < 2 && v < plane.length; v++) {
                plane[v] *= sign;
            }
            planes.add(plane);
        }
        return Volume.of(g, planes, Channels.COMPONENTS, Quantity.UNKNOWN);
    }

    private static void requireKnown(String name, Nifti.Intent intent) {
        String what = null;
        if (intent.code() >= 2006 && intent.code() <= 2009) {
            what = "is a warp of FSL, whose shifts count in voxels of images that it does not name";
        } else if (intent.name().startsWith("NREG")) {
            what =
                    "is a transform of NiftyReg, whose numbers may be places, shifts or velocities"
                            + " along RAS";
        } else if (intent.code() != VECTOR && intent.code() != DISPLACEMENT) {
            what =
                    "says by intent code "
                            + intent.code()
                            + " that it is no field of vectors (1007, LPS) or displacements (1006,"
                            + " RAS)";
        }
        if (what != null) {
            throw new DataException(
                    name
                            + ": "
                            + what
                            + ". Give a field as ITK and ANTs write it: five axes, intent 1007, mm"
                            + " along LPS.");
        }
    }

    static void write(Path path, Transform transform) {
        if (!(transform instanceof DisplacementField field)) {
            throw new IllegalArgumentException(
                    InputFile.name(path)
                            + ": NIfTI holds a transform as shifts on a grid, and this one has"
                            + " none. Name the fixed image with --like FIXED, or write .tfm or"
                            + " .json.");
        }
        Nifti.write(
                path,
                Volume.of(
                        field.geometry(),
                        List.of(field.shifts(0), field.shifts(1), field.shifts(2)),
                        Channels.COMPONENTS,
                        Quantity.UNKNOWN));
    }
}
