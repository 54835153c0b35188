package org.diapason.volume;

import java.util.List;
import java.util.Optional;

/**
 * Values on a grid, with what they mean and how sharp they are.
 *
 * <p>One channel is the rule; colours, vectors and time frames are the others ({@link Channels}).
 * Steps ask for {@link #values()}, which refuses an image of several channels, so that none of them
 * is ever dropped in silence.
 *
 * <p>Each channel is one plane with i fastest, then j, then k. NaN marks a voxel without a
 * measurement (padding outside the field of view). A volume is never written to after it was made:
 * {@link #values()} hands out the array itself, and whoever writes to it breaks every other step.
 */
public final class Volume {
    private final Geometry geometry;
    private final float[][] planes;
    private final Channels meaning;
    private final Quantity quantity;
    private final Numbers fwhmMm;
    private final boolean resampled;

    private Volume(
            Geometry geometry,
            float[][] planes,
            Channels meaning,
            Quantity quantity,
            Numbers fwhmMm,
            boolean resampled) {
        for (float[] plane : planes) {
            if (plane.length != geometry.voxels()) {
                throw new IllegalArgumentException(
                        "a grid of "
                                + geometry.voxels()
                                + " voxels cannot hold "
                                + plane.length
                                + " values");
            }
        }
        meaning.requireFits(planes.length);
        if (fwhmMm != null
                && (fwhmMm.size() != 3 || !(min(fwhmMm) >= 0) || Double.isInfinite(fwhmMm.max()))) {
            throw new IllegalArgumentException(
                    "resolution needs three widths in mm, got " + fwhmMm);
        }
        this.geometry = geometry;
        this.planes = planes;
        this.meaning = meaning;
        this.quantity = quantity;
        this.fwhmMm = fwhmMm;
        this.resampled = resampled;
    }

    /**
     * Returns a volume of unknown resolution on a scanner's own grid; the array is kept, not
     * copied.
     */
    public static Volume of(Geometry geometry, float[] values, Quantity quantity) {
        return new Volume(geometry, new float[][] {values}, Channels.ONE, quantity, null, false);
    }

    /**
     * Returns a volume of one or several channels of unknown resolution; the planes are kept, not
     * copied.
     *
     * @throws IllegalArgumentException if there is no plane, or the meaning is one of other many
     */
    public static Volume of(
            Geometry geometry, List<float[]> planes, Channels meaning, Quantity quantity) {
        return new Volume(geometry, planes.toArray(float[][]::new), meaning, quantity, null, false);
    }

    public Geometry geometry() {
        return geometry;
    }

    /**
     * Returns the values of the only channel themselves, i fastest; do not write to them.
     *
     * @throws RefusedException if there are several channels: no step may choose one in silence
     */
    public float[] values() {
        requireOne();
        return planes[0];
    }

    /** Returns the number of channels; 1 is the rule. */
    public int channels() {
        return planes.length;
    }

    /** Returns the values of one channel themselves, counted from 0; do not write to them. */
    public float[] channel(int c) {
        return planes[c];
    }

    /** Returns what the channels are: one, colours, components of a vector, or time frames. */
    public Channels meaning() {
        return meaning;
    }

    /** Returns one channel, counted from 0, as a volume of its own. */
    public Volume only(int c) {
        return new Volume(
                geometry, new float[][] {planes[c]}, Channels.ONE, quantity, fwhmMm, resampled);
    }

    public float at(int i, int j, int k) {
        return values()[geometry.index(i, j, k)];
    }

    public Quantity quantity() {
        return quantity;
    }

    /**
     * Returns the resolution along the axes i, j, k in mm, where known: 2.3548 times the standard
     * deviation of the point-spread function (its second moment).
     */
    public Optional<Numbers> fwhmMm() {
        return Optional.ofNullable(fwhmMm);
    }

    /** Says whether an interpolation has put the values on another grid than the scanner's. */
    public boolean resampled() {
        return resampled;
    }

    /** Returns the same volume with other values on the same grid; the array is kept. */
    public Volume withValues(float[] newValues) {
        requireOne();
        return new Volume(
                geometry, new float[][] {newValues}, Channels.ONE, quantity, fwhmMm, resampled);
    }

    public Volume withQuantity(Quantity newQuantity) {
        return new Volume(geometry, planes, meaning, newQuantity, fwhmMm, resampled);
    }

    /** Returns the same volume with its resolution in mm along i, j, k stated. */
    public Volume withFwhmMm(Numbers newFwhmMm) {
        return new Volume(geometry, planes, meaning, quantity, newFwhmMm, resampled);
    }

    /** Returns interpolated values on another grid; quantity and resolution stay. */
    public Volume onGrid(Geometry newGeometry, float[] newValues) {
        requireOne();
        return new Volume(
                newGeometry, new float[][] {newValues}, Channels.ONE, quantity, fwhmMm, true);
    }

    /** Returns the same volume marked as resampled or not; for readers that restore a saved one. */
    public Volume withResampled(boolean newResampled) {
        return new Volume(geometry, planes, meaning, quantity, fwhmMm, newResampled);
    }

    private void requireOne() {
        if (planes.length > 1) {
            throw new RefusedException(
                    "the image has "
                            + planes.length
                            + " "
                            + meaning.kind().plural()
                            + ", and one channel is needed. Take one: diapason convert IN OUT"
                            + " --frame N");
        }
    }

    private static double min(Numbers n) {
        return Math.min(n.get(0), Math.min(n.get(1), n.get(2)));
    }

    /** Returns quantity, size, spacing and channels in words, for people. */
    @Override
    public String toString() {
        return quantity.label()
                + ", "
                + geometry.ni()
                + " × "
                + geometry.nj()
                + " × "
                + geometry.nk()
                + " voxels of "
                + geometry.spacingMm().fixed(3)
                + " mm"
                + (planes.length > 1 ? ", " + planes.length + " " + meaning.kind().plural() : "");
    }
}
