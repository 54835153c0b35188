package org.diapason.registration;

import java.util.Optional;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/** Whether two images can be registered at all. */
final class Inputs {
    /** Voxels with a value that a search needs, in an image and in a mask. */
    private static final int FEWEST = 256;

    /** Voxels along each axis that is not one slice. */
    private static final int SHORTEST = 4;

    private Inputs() {}

    /** Returns what forbids a search. */
    static Optional<Finding> check(Volume fixed, Volume moving, Optional<Mask> mask) {
        if (mask.isPresent() && !mask.get().geometry().isClose(fixed.geometry(), 0.01)) {
            throw new IllegalArgumentException(
                    "the mask lies on another grid than the fixed image. Draw it on that one, or"
                            + " resample it first.");
        }
        return image("fixed", fixed)
                .or(() -> image("moving", moving))
                .or(() -> slices(fixed.geometry(), moving.geometry()))
                .or(() -> mask.flatMap(m -> mask(fixed, m)));
    }

    private static Optional<Finding> image(String who, Volume image) {
        if (image.channels() != 1) {
            return fails(
                    Finding.Kind.CHANNELS,
                    who
                            + " image: it has "
                            + image.channels()
                            + " channels, and one value a voxel is needed. Give one of them.",
                    image.channels());
        }
        float[] values = image.values();
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        int count = 0;
        for (float value : values) {
            if (value - value == 0) {
                least = Math.min(least, value);
                most = Math.max(most, value);
                count++;
            }
        }
        if (count == 0) {
            return fails(
                    Finding.Kind.NO_VALUES,
                    who
                            + " image: none of its "
                            + values.length
                            + " voxels has a finite value, so there is nothing to compare. Check"
                            + " how it was read or made.",
                    0);
        }
        Geometry g = image.geometry();
        int shortest = Integer.MAX_VALUE;
        for (int a = 0; a < 3; a++) {
            shortest = g.size(a) == 1 && a == 2 ? shortest : Math.min(shortest, g.size(a));
        }
        if (count < FEWEST || shortest < SHORTEST) {
            return fails(
                    Finding.Kind.SMALL_IMAGE,
                    who
                            + " image: "
                            + g.ni()
                            + " × "
                            + g.nj()
                            + " × "
                            + g.nk()
                            + " voxels, "
                            + count
                            + " with a value; a search needs "
                            + FEWEST
                            + " or more, and "
                            + SHORTEST
                            + " along each axis. Give a larger part of the image.",
                    count);
        }
        if (least == most) {
            return fails(
                    Finding.Kind.CONSTANT,
                    who
                            + " image: all its "
                            + count
                            + " voxels hold one value, so no place can be told from another. Give"
                            + " an image that shows something.",
                    least);
        }
        return Optional.empty();
    }

    private static Optional<Finding> slices(Geometry fixed, Geometry moving) {
        if ((fixed.nk() == 1) == (moving.nk() == 1)) {
            return Optional.empty();
        }
        boolean flat = fixed.nk() == 1;
        return fails(
                Finding.Kind.ONE_SLICE,
                (flat ? "fixed" : "moving")
                        + " image: it is one slice and the "
                        + (flat ? "moving" : "fixed")
                        + " image has "
                        + (flat ? moving.nk() : fixed.nk())
                        + ", so the slice may lie anywhere in it. Give two volumes or two slices.",
                flat ? moving.nk() : fixed.nk());
    }

    private static Optional<Finding> mask(Volume fixed, Mask mask) {
        float[] values = fixed.values();
        boolean[] in = mask.voxels();
        int drawn = 0;
        int count = 0;
        for (int v = 0; v < in.length; v++) {
            drawn += in[v] ? 1 : 0;
            count += in[v] && values[v] - values[v] == 0 ? 1 : 0;
        }
        if (count == 0) {
            return fails(
                    Finding.Kind.EMPTY_MASK,
                    "mask: none of its "
                            + drawn
                            + " voxels has a value in the fixed image. Draw what is to fit, or"
                            + " leave the mask out.",
                    0);
        }
        if (count < FEWEST) {
            return fails(
                    Finding.Kind.SMALL_MASK,
                    "mask: "
                            + count
                            + " voxels are too few to say where the image lies; a search needs "
                            + FEWEST
                            + " or more. Draw it larger, or leave it out.",
                    count);
        }
        Level shell = new Level(fixed.geometry(), values, in).widened(Pair.SHELL);
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int v = 0; v < values.length; v++) {
            if (shell.shows(v)) {
                least = Math.min(least, values[v]);
                most = Math.max(most, values[v]);
            }
        }
        if (least == most) {
            return fails(
                    Finding.Kind.CONSTANT,
                    "mask: the fixed image holds one value in its "
                            + count
                            + " voxels and about them, so no place can be told from another. Draw"
                            + " it about something that shows, or leave it out.",
                    least);
        }
        return Optional.empty();
    }

    private static Optional<Finding> fails(Finding.Kind kind, String sentence, double found) {
        return Optional.of(new Finding(kind, Status.FAIL, sentence, found));
    }
}
