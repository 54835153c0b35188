package org.diapason.volume;

import java.util.Optional;

/**
 * One channel of values on a grid, with what they mean and how sharp they are.
 *
 * <p>Values are kept in one plane with i fastest, then j, then k. NaN marks a voxel without a
 * measurement (padding outside the field of view). A volume is never written to after it was made:
 * {@link #values()} hands out the array itself, and whoever writes to it breaks every other step.
 */
public final class Volume {
    private final Geometry geometry;
    private final float[] values;
    private final Quantity quantity;
    private final Numbers fwhmMm;
    private final boolean resampled;

    private Volume(
            Geometry geometry,
            float[] values,
            Quantity quantity,
            Numbers fwhmMm,
            boolean resampled) {
        if (values.length != geometry.voxels()) {
            throw new IllegalArgumentException(
                    "a grid of "
                            + geometry.voxels()
                            + " voxels cannot hold "
                            + values.length
                            + " values");
        }
        if (fwhmMm != null
                && (fwhmMm.size() != 3 || !(min(fwhmMm) >= 0) || Double.isInfinite(fwhmMm.max()))) {
            throw new IllegalArgumentException(
                    "resolution needs three widths in mm, got " + fwhmMm);
        }
        this.geometry = geometry;
        this.values = values;
        this.quantity = quantity;
        this.fwhmMm = fwhmMm;
        this.resampled = resampled;
    }

    /**
     * Returns a volume of unknown resolution on a scanner's own grid; the array is kept, not
     * copied.
     */
    public static Volume of(Geometry geometry, float[] values, Quantity quantity) {
        return new Volume(geometry, values, quantity, null, false);
    }

    public Geometry geometry() {
        return geometry;
    }

    /** Returns the values themselves, i fastest; do not write to them. */
    public float[] values() {
        return values;
    }

    public float at(int i, int j, int k) {
        return values[geometry.index(i, j, k)];
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
        return new Volume(geometry, newValues, quantity, fwhmMm, resampled);
    }

    public Volume withQuantity(Quantity newQuantity) {
        return new Volume(geometry, values, newQuantity, fwhmMm, resampled);
    }

    /** Returns the same volume with its resolution in mm along i, j, k stated. */
    public Volume withFwhmMm(Numbers newFwhmMm) {
        return new Volume(geometry, values, quantity, newFwhmMm, resampled);
    }

    /** Returns interpolated values on another grid; quantity and resolution stay. */
    public Volume onGrid(Geometry newGeometry, float[] newValues) {
        return new Volume(newGeometry, newValues, quantity, fwhmMm, true);
    }

    /** Returns the same volume marked as resampled or not; for readers that restore a saved one. */
    public Volume withResampled(boolean newResampled) {
        return new Volume(geometry, values, quantity, fwhmMm, newResampled);
    }

    private static double min(Numbers n) {
        return Math.min(n.get(0), Math.min(n.get(1), n.get(2)));
    }

    @Override
    public String toString() {
        return quantity.label() + " on " + geometry;
    }
}
