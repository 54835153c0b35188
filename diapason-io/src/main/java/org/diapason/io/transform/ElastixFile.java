package org.diapason.io.transform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.diapason.io.InputFile;
import org.diapason.io.Text;
import org.diapason.io.WholeFile;
import org.diapason.volume.Affine;
import org.diapason.volume.BsplineTransform;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;

/**
 * Writes parameters that transformix reads: a chain as files that name each other, a field beside
 * them as NIfTI. transformix looks for those files in the folder where it is started.
 */
final class ElastixFile {
    private final StringBuilder out = new StringBuilder();

    private ElastixFile() {}

    /** Writes the last part to the path, each one before it to a neighbour. */
    static void write(Path path, Transform transform, Optional<Geometry> like) throws IOException {
        List<Transform> parts = Transforms.parts(transform);
        for (Transform part : parts) {
            if (part instanceof Affine
                    || part instanceof DisplacementField
                    || part instanceof BsplineTransform b && b.grid().nk() > 1) {
                continue;
            }
            throw Transforms.noWord("elastix's form", part);
        }
        String before = "NoInitialTransform";
        for (int n = 0; n < parts.size(); n++) {
            boolean last = n == parts.size() - 1;
            String name =
                    last ? InputFile.name(path) : Transforms.beside(path, "part-" + n + ".txt");
            Transform part = parts.get(n);
            String field = Transforms.beside(path, "field-" + n + ".nii.gz");
            if (part instanceof DisplacementField) {
                NiftiField.write(path.resolveSibling(field), part);
            }
            ElastixFile file = new ElastixFile();
            file.put(part, field, before);
            file.image(grid(part, like));
            byte[] bytes = file.out.toString().getBytes(StandardCharsets.UTF_8);
            WholeFile.write(path.resolveSibling(name), o -> o.write(bytes));
            before = name;
        }
    }

    private static Optional<Geometry> grid(Transform part, Optional<Geometry> like) {
        return like.isEmpty() && part instanceof DisplacementField f
                ? Optional.of(f.geometry())
                : like;
    }

    private void put(Transform part, String field, String before) {
        if (part instanceof DisplacementField) {
            word("Transform", "DeformationFieldTransform");
            line("NumberOfParameters", "0");
            word("DeformationFieldFileName", field);
            line("DeformationFieldInterpolationOrder", "1");
        } else {
            ItkTransform itk = ItkTransform.of(part);
            word("Transform", part instanceof Affine ? "AffineTransform" : "BSplineTransform");
            line("NumberOfParameters", Integer.toString(itk.parameters().length));
            numbers("TransformParameters", itk.parameters());
        }
        word("InitialTransformParametersFileName", before);
        word("HowToCombineTransforms", "Compose");
        word("UseBinaryFormatForTransformationParameters", "false");
        line("FixedImageDimension", "3");
        line("MovingImageDimension", "3");
        word("FixedInternalImagePixelType", "float");
        word("MovingInternalImagePixelType", "float");
        if (part instanceof Affine) {
            line("CenterOfRotationPoint", "0 0 0");
        } else if (part instanceof BsplineTransform b) {
            Geometry g = b.grid();
            line("GridSize", g.ni() + " " + g.nj() + " " + g.nk());
            line("GridIndex", "0 0 0");
            numbers("GridSpacing", g.spacingMm().toArray());
            numbers("GridOrigin", g.originMm().toArray());
            numbers("GridDirection", columns(g));
            line("BSplineTransformSplineOrder", "3");
            word("UseCyclicTransform", "false");
        }
    }

    /** Writes the grid that transformix makes images on; one voxel where none is known. */
    private void image(Optional<Geometry> like) {
        Geometry g = like.orElse(Geometry.of(1, 1, 1, 1, 1, 1));
        line("Size", g.ni() + " " + g.nj() + " " + g.nk());
        line("Index", "0 0 0");
        numbers("Spacing", g.spacingMm().toArray());
        numbers("Origin", g.originMm().toArray());
        numbers("Direction", columns(g));
        word("UseDirectionCosines", "true");
        word("ResampleInterpolator", "FinalBSplineInterpolator");
        line("FinalBSplineInterpolationOrder", "3");
        word("Resampler", "DefaultResampler");
        line("DefaultPixelValue", "0");
        word("ResultImageFormat", "nii");
        word("ResultImagePixelType", "float");
        word("CompressResultImage", "false");
    }

    private static double[] columns(Geometry g) {
        Numbers rows = g.direction();
        double[] columns = new double[9];
        for (int n = 0; n < 9; n++) {
            columns[n] = rows.get(3 * (n % 3) + n / 3);
        }
        return columns;
    }

    private void word(String key, String value) {
        line(key, '"' + value + '"');
    }

    private void numbers(String key, double[] values) {
        StringBuilder all = new StringBuilder();
        for (double v : values) {
            all.append(all.isEmpty() ? "" : " ").append(Text.of(v));
        }
        line(key, all.toString());
    }

    private void line(String key, String value) {
        out.append('(').append(key).append(' ').append(value).append(")\n");
    }
}
