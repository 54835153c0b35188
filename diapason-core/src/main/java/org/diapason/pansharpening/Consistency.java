package org.diapason.pansharpening;

/**
 * Wald's first property: how far an image, degraded to the resolution of a band, is from the band.
 * In the unit of the band.
 *
 * @param count voxels where both have a value
 * @param mean of degraded image minus band
 * @param rms root of the mean square of that
 * @param largest its largest size
 */
public record Consistency(long count, double mean, double rms, double largest) {

    /** Compares on the grid of the band. */
    static Consistency of(Degradation way, float[] image, float[] band) {
        float[] degraded = way.asBand(image);
        long count = 0;
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (int v = 0; v < band.length; v++) {
            double d = (double) degraded[v] - band[v];
            if (Double.isFinite(d)) {
                count++;
                sum += d;
                squares += d * d;
                largest = Math.max(largest, Math.abs(d));
            }
        }
        return new Consistency(count, sum / count, Math.sqrt(squares / count), largest);
    }
}
