package org.diapason.quality;

import java.util.Optional;
import org.diapason.volume.Mask;

/**
 * How images are compared.
 *
 * @param range what values they could take; empty to go without the figures that ask for it
 * @param bySlices whether windows lie within slices instead of spanning them
 * @param mask which voxels count; which windows, by their middle. Windows and differences may reach
 *     beyond
 * @param ratio size of a fine voxel over that of a coarse one, h/l of ERGAS, 0 to 1
 * @param draws of the bootstrap, 100 to 100000, or 0 for none
 * @param seed of its draws
 * @param literature whether to say too what well-known programs give where they differ
 */
public record Settings(
        Optional<DataRange> range,
        boolean bySlices,
        Optional<Mask> mask,
        double ratio,
        int draws,
        long seed,
        boolean literature) {

    /** Fewer draws have no percentile 2. */
    private static final int LEAST_DRAWS = 100;

    private static final int MOST_DRAWS = 100_000;

    public Settings {
        if (!(ratio > 0 && ratio <= 1)) {
            throw new IllegalArgumentException(
                    "the ratio of voxel sizes must be above 0 and at most 1, got " + ratio);
        }
        if (draws != 0 && (draws < LEAST_DRAWS || draws > MOST_DRAWS)) {
            throw new IllegalArgumentException(
                    "draws of the bootstrap must be 100 to 100000, or 0 for none, got " + draws);
        }
    }

    /** No data range, windows of all axes, every voxel, one resolution, no intervals. */
    public static Settings usual() {
        return new Settings(Optional.empty(), false, Optional.empty(), 1, 0, 1, false);
    }

    public Settings withRange(DataRange newRange) {
        return new Settings(Optional.of(newRange), bySlices, mask, ratio, draws, seed, literature);
    }

    public Settings withBySlices(boolean newBySlices) {
        return new Settings(range, newBySlices, mask, ratio, draws, seed, literature);
    }

    public Settings withMask(Optional<Mask> newMask) {
        return new Settings(range, bySlices, newMask, ratio, draws, seed, literature);
    }

    public Settings withRatio(double newRatio) {
        return new Settings(range, bySlices, mask, newRatio, draws, seed, literature);
    }

    public Settings withDraws(int newDraws, long newSeed) {
        return new Settings(range, bySlices, mask, ratio, newDraws, newSeed, literature);
    }

    public Settings withLiterature(boolean newLiterature) {
        return new Settings(range, bySlices, mask, ratio, draws, seed, newLiterature);
    }
}
