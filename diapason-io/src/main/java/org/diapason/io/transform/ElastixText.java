package org.diapason.io.transform;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.diapason.io.InputFile;
import org.diapason.io.Room;
import org.diapason.io.raw.DataFiles;
import org.diapason.volume.DataException;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Transform;

/**
 * elastix's {@code TransformParameters.*.txt}: lines of {@code (Name value …)}. What stands in the
 * file of {@code InitialTransformParametersFileName} comes first.
 */
final class ElastixText {
    private static final String INITIAL = "InitialTransformParametersFileName";

    /** The same since elastix 5.1. */
    private static final String INITIAL_NEW = "InitialTransformParameterFileName";

    private final String name;
    private final Map<String, String> entries = new HashMap<>();

    private ElastixText(Path path) {
        name = InputFile.name(path);
        String text = Transforms.text(path, Transforms.TEXT_MEMORY);
        int line = 0;
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String row = text.substring(at, end).strip();
            at = end + 1;
            line++;
            if (row.isEmpty() || row.startsWith("//")) {
                continue;
            }
            int comment = row.indexOf("//", row.indexOf(')') + 1);
            row = comment < 0 ? row : row.substring(0, comment).strip();
            int close = row.lastIndexOf(')');
            int blank = row.indexOf(' ');
            if (row.charAt(0) != '(' || blank < 2 || close < blank) {
                throw new DataException(
                        name
                                + ", line "
                                + line
                                + ": expected (Name value), as elastix writes its parameters.");
            }
            String key = row.substring(1, blank);
            if (entries.put(key, row.substring(blank + 1, close).strip()) != null) {
                throw new DataException(
                        name + ", line " + line + ": an entry stands here twice. Remove one.");
            }
        }
    }

    static Transform read(Path path) {
        Transform all = null;
        Path file = path;
        Set<Path> seen = new HashSet<>();
        double voxels = 0;
        while (seen.add(file.toAbsolutePath().normalize())
                && seen.size() <= Transforms.MOST_PARTS) {
            ElastixText one = new ElastixText(file);
            Transform part = one.transform(file);
            voxels += part instanceof DisplacementField f ? f.geometry().voxels() : 0;
            Room.need(one.name, Transforms.FIELD_MEMORY * voxels);
            all = all == null ? part : Transforms.then(one.name, part, all);
            String before = one.word(INITIAL_NEW, one.word(INITIAL, "NoInitialTransform"));
            if (before.equals("NoInitialTransform")) {
                return all;
            }
            if (!one.word("HowToCombineTransforms", "Compose").equals("Compose")) {
                throw new DataException(
                        one.name
                                + ": HowToCombineTransforms is \"Add\": the shifts of two"
                                + " transforms are added, which is no chain of them. Register with"
                                + " (HowToCombineTransforms \"Compose\").");
            }
            // elastix writes the whole path; the file is looked for beside this one
            String last =
                    before.substring(
                            Math.max(before.lastIndexOf('/'), before.lastIndexOf('\\')) + 1);
            file = DataFiles.beside(file, last, one.name + ", " + INITIAL);
        }
        throw new DataException(
                InputFile.name(path)
                        + ": of its initial transforms "
                        + InputFile.name(file)
                        + " comes again, or they are more than "
                        + Transforms.MOST_PARTS
                        + ". Mend "
                        + INITIAL
                        + ".");
    }

    private Transform transform(Path file) {
        if (word("UseBinaryFormatForTransformationParameters", "false").equals("true")) {
            throw new DataException(
                    name
                            + ": its parameters stand in a binary file of their own, which is not"
                            + " read. Register with (UseBinaryFormatForTransformationParameters"
                            + " \"false\").");
        }
        String kind = word("Transform", "");
        if (kind.equals("DeformationFieldTransform")) {
            return field(file);
        }
        int d = dimension();
        String rest = "_double_" + d + "_" + d;
        String type =
                switch (kind) {
                    case "TranslationTransform", "AffineTransform" -> kind;
                    case "EulerTransform" -> d == 2 ? "Euler2DTransform" : "Euler3DTransform";
                    case "SimilarityTransform" ->
                            d == 2 ? "Similarity2DTransform" : "Similarity3DTransform";
                    case "BSplineTransform", "RecursiveBSplineTransform" -> "BSplineTransform";
                    default -> throw unknown(kind);
                };
        double[] fixed =
                switch (kind) {
                    case "TranslationTransform" -> new double[0];
                    case "BSplineTransform", "RecursiveBSplineTransform" -> grid(d);
                    default -> centre(type, d);
                };
        return new ItkTransform(type + rest, numbers("TransformParameters"), fixed).transform(name);
    }

    private DataException unknown(String kind) {
        return new DataException(
                name
                        + ": the transform \""
                        + kind.replaceAll("[^ -~]", "?")
                        + "\" is not read; Translation, Euler, Similarity, Affine, BSpline and"
                        + " DeformationField are. Let transformix write a deformation field (-def"
                        + " all) and give that.");
    }

    private int dimension() {
        String d = word("FixedImageDimension", "3");
        if (!d.equals(word("MovingImageDimension", d)) || !d.equals("2") && !d.equals("3")) {
            throw new DataException(
                    name + ": the images must both have 2 or 3 axes; see FixedImageDimension.");
        }
        return d.equals("2") ? 2 : 3;
    }

    private double[] centre(String type, int d) {
        double[] centre = numbers("CenterOfRotationPoint");
        if (!type.equals("Euler3DTransform")) {
            return centre;
        }
        double[] fixed = Arrays.copyOf(centre, centre.length + 1);
        fixed[centre.length] = word("ComputeZYX", "false").equals("true") ? 1 : 0;
        return fixed;
    }

    private double[] grid(int d) {
        if (!word("BSplineTransformSplineOrder", "3").equals("3")
                || word("UseCyclicTransform", "false").equals("true")) {
            throw new DataException(
                    name
                            + ": only splines of order 3 that are not cyclic are read. Register with"
                            + " (BSplineTransformSplineOrder 3).");
        }
        double[] size = numbers("GridSize");
        double[] index = entries.containsKey("GridIndex") ? numbers("GridIndex") : new double[d];
        double[] spacing = numbers("GridSpacing");
        double[] origin = numbers("GridOrigin");
        double[] columns =
                entries.containsKey("GridDirection")
                        ? numbers("GridDirection")
                        : Matrices.identity(d);
        if (size.length != d
                || index.length != d
                || spacing.length != d
                || origin.length != d
                || columns.length != d * d) {
            throw new DataException(
                    name
                            + ": GridSize, GridIndex, GridSpacing, GridOrigin and GridDirection must"
                            + " have one number an axis. The file is broken; write it again.");
        }
        double[] fixed = new double[3 * d + d * d];
        for (int a = 0; a < d; a++) {
            fixed[a] = size[a];
            fixed[d + a] = origin[a];
            fixed[2 * d + a] = spacing[a];
            for (int c = 0; c < d; c++) {
                // elastix writes directions column by column
                fixed[3 * d + d * a + c] = columns[d * c + a];
                fixed[d + a] += columns[d * c + a] * spacing[c] * index[c];
            }
        }
        return fixed;
    }

    private Transform field(Path file) {
        if (!word("DeformationFieldInterpolationOrder", "1").equals("1")) {
            throw new DataException(
                    name
                            + ": fields are read with (DeformationFieldInterpolationOrder 1), linear"
                            + " between voxels.");
        }
        String where = name + ", DeformationFieldFileName";
        String asked = word("DeformationFieldFileName", "");
        String last =
                asked.substring(Math.max(asked.lastIndexOf('/'), asked.lastIndexOf('\\')) + 1);
        return NiftiField.read(DataFiles.beside(file, last, where));
    }

    private String word(String key, String otherwise) {
        String value = entries.getOrDefault(key, otherwise);
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private double[] numbers(String key) {
        String value = entries.get(key);
        if (value == null) {
            throw new DataException(
                    name + ": the entry " + key + " is missing. Write the file again.");
        }
        return ItkText.numbers(name + ", " + key, value);
    }
}
