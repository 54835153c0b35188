package org.diapason.compositing;

import java.util.Arrays;
import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.poisson.Certified;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * A blended image, how exactly it was solved, and how far its values drifted.
 *
 * <p>It is a picture where the target was one; else {@link Quantity#FUSED}: whatever its values
 * meant, in the mask they are now made up from differences of another image.
 *
 * @param volume on the target's grid, all its channels
 * @param unknowns pixels in the mask, in each channel
 * @param channels that were solved for
 * @param residuals relative residuals, the largest of the channels, at the start and after each
 *     iteration
 * @param maxErrorBound how far any pixel can be from the exact solution, before it is rounded to 32
 *     bits
 * @param tolerance error that was allowed, in units of the target
 * @param drifts of each solved channel
 * @param notes what the user must know, in whole sentences
 */
public record Blended(
        Volume volume,
        int unknowns,
        int channels,
        Numbers residuals,
        double maxErrorBound,
        double tolerance,
        List<Drift> drifts,
        List<String> notes) {

    /**
     * How values of one channel changed in the mask, pixels without a value before left out.
     *
     * @param meanShift mean of after minus before
     * @param largestChange largest size of after minus before
     */
    public record Drift(double meanShift, double largestChange) {}

    public int iterations() {
        return residuals.size() - 1;
    }

    public double relativeResidual() {
        return residuals.get(residuals.size() - 1);
    }

    static Blended of(
            Volume target,
            Patch patch,
            Certified.Result found,
            double tolerance,
            List<String> notes) {
        int channels = patch.channels();
        float[][] planes = new float[target.channels()][];
        Drift[] drifts = new Drift[channels];
        Parallel.forEach(
                planes.length,
                c -> {
                    planes[c] = c < channels ? target.channel(c).clone() : target.channel(c);
                    if (c < channels) {
                        drifts[c] = put(patch, c, found.solution().corrections().get(c), planes[c]);
                    }
                });
        Quantity quantity =
                target.quantity() == Quantity.PICTURE ? Quantity.PICTURE : Quantity.FUSED;
        Volume volume =
                Volume.of(target.geometry(), List.of(planes), target.meaning(), quantity)
                        .withResampled(target.resampled());
        return new Blended(
                volume,
                patch.unknowns(),
                channels,
                Numbers.of(found.solution().residuals()),
                found.maxErrorBound(),
                tolerance,
                List.of(drifts),
                List.copyOf(notes));
    }

    /** Writes corrected values where the correction is not 0; before are those of the plane. */
    private static Drift put(Patch patch, int c, double[] e, float[] plane) {
        int rows = patch.size(1) * patch.size(2);
        double[] sums = new double[rows];
        double[] largest = new double[rows];
        int[] known = new int[rows];
        Parallel.forEach(
                rows,
                row -> {
                    float[] base = patch.target(c);
                    int ni = patch.size(0);
                    int at = patch.inWhole(row);
                    for (int p = row * ni; p < (row + 1) * ni; p++, at++) {
                        if (!patch.inside()[p]) {
                            continue;
                        }
                        float before = plane[at];
                        float after = e[p] == 0 ? base[p] : (float) (base[p] + e[p]);
                        plane[at] = after;
                        if (Math.abs(before) <= Float.MAX_VALUE) {
                            double by = (double) after - before;
                            known[row]++;
                            sums[row] += by;
                            largest[row] = Math.max(largest[row], Math.abs(by));
                        }
                    }
                });
        int all = Arrays.stream(known).sum();
        double most = 0;
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += sums[row];
            most = Math.max(most, largest[row]);
        }
        return new Drift(all == 0 ? 0 : sum / all, most);
    }
}
