package org.diapason.io.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.volume.Affine;
import org.diapason.volume.BsplineTransform;
import org.diapason.volume.Chain;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Inverse;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;

/** The transforms of an exam in the work folder: matrices in the head, shifts after the voxels. */
final class SavedTransform {
    private SavedTransform() {}

    /**
     * One transform of a chain: a matrix, or a field on a grid.
     *
     * @param splines shifts of control points, where these are on the grid and no field is
     * @param back whether it is the way back through the field
     */
    record Part(
            Optional<Numbers> matrix,
            Optional<Geometry> grid,
            Optional<Numbers> splines,
            boolean back) {
        private Part(Optional<Geometry> grid, Optional<Numbers> splines, boolean back) {
            this(Optional.empty(), grid, splines, back);
        }
    }

    static SortedMap<String, List<Part>> heads(SortedMap<String, Transform> transforms) {
        SortedMap<String, List<Part>> heads = new TreeMap<>();
        transforms.forEach((name, t) -> heads.put(name, head(t)));
        return heads;
    }

    private static List<Part> head(Transform transform) {
        List<Part> head = new ArrayList<>();
        for (Transform part : parts(transform)) {
            boolean back = part instanceof Inverse;
            Transform there = back ? part.inverse() : part;
            if (there instanceof Affine affine) {
                head.add(
                        new Part(
                                Optional.of(affine.matrix()),
                                Optional.empty(),
                                Optional.empty(),
                                back));
            } else if (there instanceof BsplineTransform spline) {
                head.add(new Part(Optional.of(spline.grid()), Optional.of(spline.shifts()), back));
            } else if (there instanceof DisplacementField field) {
                head.add(new Part(Optional.of(field.geometry()), Optional.empty(), back));
            } else {
                throw new IllegalStateException("no rule to save a " + part.getClass());
            }
        }
        return head;
    }

    private static List<Transform> parts(Transform transform) {
        return transform instanceof Chain chain ? chain.parts() : List.of(transform);
    }

    /** Writes what does not stand in the head. */
    static void write(FileChannel out, Transform transform) throws IOException {
        for (Transform part : parts(transform)) {
            Transform there = part instanceof Inverse back ? back.of() : part;
            if (there instanceof DisplacementField field) {
                for (int axis = 0; axis < 3; axis++) {
                    SavedFile.writeFloats(out, field.shifts(axis));
                }
            }
        }
    }

    static SortedMap<String, Transform> read(FileChannel in, SortedMap<String, List<Part>> heads)
            throws IOException {
        SortedMap<String, Transform> transforms = new TreeMap<>();
        for (Map.Entry<String, List<Part>> head : heads.entrySet()) {
            Transform all = null;
            for (Part part : head.getValue()) {
                Transform there = read(in, part);
                Transform next = part.back() ? new Inverse(there) : there;
                all = all == null ? next : all.then(next);
            }
            transforms.put(head.getKey(), all);
        }
        return transforms;
    }

    private static Transform read(FileChannel in, Part part) throws IOException {
        if (part.matrix().isPresent()) {
            return new Affine(part.matrix().get());
        }
        Geometry grid = part.grid().orElseThrow();
        if (part.splines().isPresent()) {
            return new BsplineTransform(grid, part.splines().get());
        }
        float[][] shifts = new float[3][];
        for (int axis = 0; axis < 3; axis++) {
            shifts[axis] = SavedFile.readFloats(in, grid.voxels());
        }
        return DisplacementField.of(grid, shifts[0], shifts[1], shifts[2]);
    }
}
