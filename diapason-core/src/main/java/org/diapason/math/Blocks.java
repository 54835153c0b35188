package org.diapason.math;

/** Cuts the voxels of an image into runs of a fixed length, each worked on by one thread. */
public final class Blocks {
    private static final int LENGTH = 1 << 16;

    private Blocks() {}

    /** Works on voxels {@code from} to {@code to} − 1. */
    public interface Run {
        void over(int from, int to);
    }

    /** Runs the body once for each run of n voxels. */
    public static void forEach(int n, Run body) {
        Parallel.forEach(
                (n + LENGTH - 1) / LENGTH,
                b -> body.over(b * LENGTH, Math.min(n, (b + 1) * LENGTH)));
    }
}
