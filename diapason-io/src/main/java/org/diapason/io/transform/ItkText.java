package org.diapason.io.transform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.StringTokenizer;
import org.diapason.io.InputFile;
import org.diapason.io.Text;
import org.diapason.io.WholeFile;
import org.diapason.volume.DataException;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;

/**
 * ITK's text: {@code #Insight Transform File V1.0}. Of a composite ITK applies the last transform
 * first.
 */
final class ItkText {
    /** A field of more voxels is written as NIfTI, which is a tenth as large. */
    private static final int MOST_VOXELS = 1 << 20;

    private ItkText() {}

    static Transform read(Path path) {
        String name = InputFile.name(path);
        String text = Transforms.text(path, Transforms.TEXT_MEMORY);
        List<Transform> parts = new ArrayList<>();
        boolean composite = false;
        String type = null;
        double[] parameters = null;
        int line = 0;
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String row = text.substring(at, end).strip();
            at = end + 1;
            line++;
            String where = name + ", line " + line;
            if (row.isEmpty() || row.startsWith("#")) {
                continue;
            }
            int colon = row.indexOf(':');
            String key = colon < 0 ? row : row.substring(0, colon);
            String value = colon < 0 ? "" : row.substring(colon + 1).strip();
            switch (key) {
                case "Transform" -> {
                    if (type != null) {
                        throw broken(where, "the transform before has no FixedParameters");
                    }
                    if (value.startsWith("CompositeTransform")) {
                        if (composite || !parts.isEmpty()) {
                            throw new DataException(
                                    where
                                            + ": a composite stands inside or after another"
                                            + " transform, and its order is not known. Give one"
                                            + " CompositeTransform of plain transforms.");
                        }
                        composite = true;
                    } else {
                        type = value;
                    }
                    parameters = null;
                }
                case "Parameters" -> parameters = numbers(where, value);
                case "FixedParameters" -> {
                    if (type == null && composite && value.isEmpty()) {
                        continue;
                    }
                    if (type == null || parameters == null) {
                        throw broken(where, "FixedParameters stand before Transform or Parameters");
                    }
                    double[] fixed = numbers(where, value);
                    parts.add(new ItkTransform(type, parameters, fixed).transform(where));
                    type = null;
                    if (parts.size() > Transforms.MOST_PARTS) {
                        throw broken(where, "more than " + Transforms.MOST_PARTS + " transforms");
                    }
                }
                default ->
                        throw broken(where, "expected Transform:, Parameters: or FixedParameters:");
            }
        }
        if (type != null) {
            throw broken(name, "the last transform has no FixedParameters");
        }
        if (parts.isEmpty()) {
            throw broken(name, "there is no transform in it");
        }
        if (parts.size() > 1 && !composite) {
            throw new DataException(
                    name
                            + ": holds "
                            + parts.size()
                            + " transforms and does not say which comes first. Make it a"
                            + " CompositeTransform, of which ITK applies the last one first, or"
                            + " give them one at a time.");
        }
        Transform all = parts.get(parts.size() - 1);
        for (int n = parts.size() - 2; n >= 0; n--) {
            all = Transforms.then(name, all, parts.get(n));
        }
        return all;
    }

    private static DataException broken(String where, String what) {
        return new DataException(
                where + ": " + what + ": the file is cut short or broken. Write it again.");
    }

    /** Returns numbers between blanks. */
    static double[] numbers(String where, String text) {
        StringTokenizer words = new StringTokenizer(text, " \t");
        double[] values = new double[words.countTokens()];
        for (int n = 0; n < values.length; n++) {
            String word = words.nextToken();
            OptionalDouble value = org.diapason.volume.Numbers.parse(word);
            if (value.isEmpty()) {
                String shown = word.substring(0, Math.min(30, word.length()));
                throw broken(where, "\"" + shown.replaceAll("[^ -~]", "?") + "\" is no number");
            }
            values[n] = value.getAsDouble();
        }
        return values;
    }

    static void requireHolds(Transform transform) {
        for (Transform part : Transforms.parts(transform)) {
            if (part instanceof DisplacementField f && f.geometry().voxels() > MOST_VOXELS) {
                throw new RefusedException(
                        "a field of "
                                + f.geometry().voxels()
                                + " voxels is too large for ITK's text, which holds up to "
                                + MOST_VOXELS
                                + ". Write it as .nii.gz, or the chain as .json.");
            }
        }
    }

    static void write(Path path, Transform transform) throws IOException {
        requireHolds(transform);
        List<Transform> parts = Transforms.parts(transform);
        StringBuilder out = new StringBuilder("#Insight Transform File V1.0\n");
        int number = 0;
        if (parts.size() > 1) {
            out.append("#Transform ").append(number++).append('\n');
            out.append("Transform: CompositeTransform_double_3_3\n");
        }
        for (int n = parts.size() - 1; n >= 0; n--) {
            ItkTransform part = ItkTransform.of(parts.get(n));
            out.append("#Transform ").append(number++).append('\n');
            out.append("Transform: ").append(part.type()).append("\nParameters:");
            append(out, part.parameters());
            out.append("\nFixedParameters:");
            append(out, part.fixed());
            out.append('\n');
        }
        byte[] bytes = out.toString().getBytes(StandardCharsets.US_ASCII);
        WholeFile.write(path, file -> file.write(bytes));
    }

    private static void append(StringBuilder out, double[] values) {
        for (double v : values) {
            out.append(' ').append(Text.of(v));
        }
    }
}
