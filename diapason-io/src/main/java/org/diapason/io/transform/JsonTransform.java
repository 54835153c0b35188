package org.diapason.io.transform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.catalogue.Settings;
import org.diapason.io.InputFile;
import org.diapason.io.Room;
import org.diapason.io.WholeFile;
import org.diapason.io.raw.DataFiles;
import org.diapason.io.run.Json;
import org.diapason.step.ContentHash;
import org.diapason.volume.Affine;
import org.diapason.volume.BsplineTransform;
import org.diapason.volume.DataException;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Inverse;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * Our own form: JSON that people can read, every number exact. A field of shifts lies beside it as
 * NIfTI and is known by the hash of its shifts, so that another file of the same name is not taken
 * for it.
 */
final class JsonTransform {
    private static final String FORMAT = "diapason transform";
    private static final int VERSION = 1;
    private static final int MOST_BACK = 8;

    /** A NIfTI header rounds to float; the grid stands in the JSON, too. */
    private static final double SAME_VOXELS = 1e-2;

    private JsonTransform() {}

    record Head(String format, int version, String maps, String axes, List<Part> parts) {}

    record Part(
            String kind,
            Optional<Numbers> matrix,
            Optional<Geometry> grid,
            Optional<Numbers> shifts,
            Optional<String> file,
            Optional<String> sha256,
            List<Part> of) {}

    static Transform read(Path path) {
        String name = InputFile.name(path);
        try {
            Head head =
                    Settings.read(
                            Head.class,
                            Json.parse(name, Transforms.text(path, Transforms.JSON_MEMORY)));
            if (!head.format().equals(FORMAT) || head.version() != VERSION) {
                throw new DataException(
                        name
                                + ": is \""
                                + head.format()
                                + "\", version "
                                + head.version()
                                + ", and version 1 of \""
                                + FORMAT
                                + "\" is read. Give a file that diapason wrote.");
            }
            Room.need(name, Transforms.FIELD_MEMORY * voxels(head.parts()));
            return chain(path, name, head.parts(), 0, new int[1]);
        } catch (IllegalArgumentException | ArithmeticException | RefusedException e) {
            throw new DataException(name + ": is no transform of ours: " + e.getMessage(), e);
        }
    }

    /** Fields are asked for together: many small files may be one large heap. */
    private static double voxels(List<Part> parts) {
        double sum = 0;
        for (Part part : parts) {
            sum += part.kind().equals("field") ? part.grid().map(Geometry::voxels).orElse(0) : 0;
            sum += voxels(part.of());
        }
        return sum;
    }

    private static Transform chain(
            Path path, String name, List<Part> parts, int depth, int[] seen) {
        seen[0] += parts.size();
        if (parts.isEmpty() || seen[0] > Transforms.MOST_PARTS || depth > MOST_BACK) {
            throw new DataException(
                    name
                            + ": a transform needs 1 to "
                            + Transforms.MOST_PARTS
                            + " parts in at most "
                            + MOST_BACK
                            + " ways back. Write the file again.");
        }
        Transform all = null;
        for (Part part : parts) {
            Transform next = part(path, name, part, depth, seen);
            all = Transforms.then(name, all, next);
        }
        return all;
    }

    private static Transform part(Path path, String name, Part part, int depth, int[] seen) {
        return switch (part.kind()) {
            case "affine" -> new Affine(need(name, part.matrix(), "matrix"));
            case "bspline" ->
                    new BsplineTransform(
                            need(name, part.grid(), "grid"), need(name, part.shifts(), "shifts"));
            case "field" -> field(path, name, part);
            case "inverse" -> chain(path, name, part.of(), depth + 1, seen).inverse();
            default ->
                    throw new DataException(
                            name
                                    + ": a part is \""
                                    + part.kind()
                                    + "\"; affine, bspline, field and inverse are read.");
        };
    }

    private static <T> T need(String name, Optional<T> value, String what) {
        return value.orElseThrow(
                () -> new DataException(name + ": a part has no " + what + ". Write it again."));
    }

    private static Transform field(Path path, String name, Part part) {
        String file = need(name, part.file(), "file");
        Geometry grid = need(name, part.grid(), "grid");
        DisplacementField read = NiftiField.read(DataFiles.beside(path, file, name + ", file"));
        if (!read.geometry().isClose(grid, SAME_VOXELS)) {
            throw new DataException(
                    name
                            + ": the grid of "
                            + file
                            + " is another one than was written. Copy both files again.");
        }
        DisplacementField field =
                DisplacementField.of(grid, read.shifts(0), read.shifts(1), read.shifts(2));
        if (!hash(field).equals(need(name, part.sha256(), "sha256"))) {
            throw new DataException(
                    name
                            + ": the shifts in "
                            + file
                            + " are others than were written. Copy both files again.");
        }
        return field;
    }

    private static String hash(DisplacementField field) {
        StringBuilder all = new StringBuilder();
        for (int r = 0; r < 3; r++) {
            all.append(
                    ContentHash.of(Volume.of(field.geometry(), field.shifts(r), Quantity.UNKNOWN)));
        }
        return ContentHash.of(all.toString());
    }

    static void write(Path path, Transform transform) throws IOException {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("format", FORMAT);
        head.put("version", VERSION);
        head.put("maps", "places of the fixed image to places of the moving one, in mm");
        head.put("axes", "LPS: x to the left, y to the back, z to the head of the patient");
        head.put("parts", parts(path, transform, new int[1]));
        byte[] text = Json.text(head).getBytes(StandardCharsets.UTF_8);
        WholeFile.write(path, out -> out.write(text));
    }

    private static List<Object> parts(Path path, Transform transform, int[] fields) {
        List<Object> all = new ArrayList<>();
        for (Transform part : Transforms.parts(transform)) {
            all.add(part(path, part, fields));
        }
        return all;
    }

    private static Map<String, Object> part(Path path, Transform part, int[] fields) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (part instanceof Affine a) {
            map.put("kind", "affine");
            map.put("matrix", a.matrix());
        } else if (part instanceof BsplineTransform b) {
            map.put("kind", "bspline");
            map.put("grid", Settings.write(b.grid()));
            map.put("shifts", b.shifts());
        } else if (part instanceof DisplacementField f) {
            fields[0]++;
            String file = Transforms.beside(path, "field-" + fields[0] + ".nii.gz");
            NiftiField.write(path.resolveSibling(file), f);
            map.put("kind", "field");
            map.put("grid", Settings.write(f.geometry()));
            map.put("file", file);
            map.put("sha256", hash(f));
        } else if (part instanceof Inverse i) {
            map.put("kind", "inverse");
            map.put("of", parts(path, i.of(), fields));
        }
        return map;
    }
}
