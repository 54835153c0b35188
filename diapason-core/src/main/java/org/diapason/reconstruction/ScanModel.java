package org.diapason.reconstruction;

import java.util.Optional;

/**
 * What a tomograph counts of an image: {@code A = N · Att · P · G}, the blurred image's line
 * integrals, each times a factor for normalisation and attenuation.
 */
public final class ScanModel implements ViewedModel {
    private final ViewedModel projector;
    private final float[] factors;
    private final Optional<ForwardModel> resolution;

    private ScanModel(ViewedModel projector, float[] factors, Optional<ForwardModel> resolution) {
        this.projector = projector;
        this.factors = factors;
        this.resolution = resolution;
    }

    /**
     * Puts the parts together.
     *
     * @param projector P
     * @param factors N · Att, counts per unit of line integral, one for each measurement, 0 where a
     *     bin is dead; copied
     * @param resolution G, from images to images; none where lines are sharp
     * @throws IllegalArgumentException where sizes are unlike or a factor is negative
     */
    public static ScanModel of(
            ViewedModel projector, float[] factors, Optional<ForwardModel> resolution) {
        if (factors.length != projector.measurements()) {
            throw new IllegalArgumentException(
                    "a scan needs one factor for each of "
                            + projector.measurements()
                            + " measurements, got "
                            + factors.length);
        }
        for (float f : factors) {
            if (!(f >= 0) || f == Float.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "factors of a scan must be finite and 0 or more, got " + f);
            }
        }
        resolution.ifPresent(
                g -> {
                    if (g.pixels() != projector.pixels() || g.measurements() != g.pixels()) {
                        throw new IllegalArgumentException(
                                "the resolution must map images of "
                                        + projector.pixels()
                                        + " pixels to such images, got "
                                        + g.pixels()
                                        + " to "
                                        + g.measurements());
                    }
                });
        return new ScanModel(projector, factors.clone(), resolution);
    }

    @Override
    public int pixels() {
        return projector.pixels();
    }

    @Override
    public int measurements() {
        return factors.length;
    }

    @Override
    public int views() {
        return projector.views();
    }

    @Override
    public void forward(float[] image, float[] data) {
        float[] seen = image;
        if (resolution.isPresent()) {
            seen = new float[image.length];
            resolution.get().forward(image, seen);
        }
        projector.forward(seen, data);
        for (int m = 0; m < data.length; m++) {
            data[m] *= factors[m];
        }
    }

    @Override
    public void backward(float[] data, float[] image) {
        float[] weighted = new float[data.length];
        for (int m = 0; m < data.length; m++) {
            weighted[m] = data[m] * factors[m];
        }
        if (resolution.isEmpty()) {
            projector.backward(weighted, image);
            return;
        }
        float[] sharp = new float[image.length];
        projector.backward(weighted, sharp);
        resolution.get().backward(sharp, image);
    }

    @Override
    public ScanModel every(int first, int step) {
        ViewedModel some = projector.every(first, step);
        int length = factors.length / projector.views();
        float[] part = new float[some.measurements()];
        for (int v = 0; v < some.views(); v++) {
            System.arraycopy(factors, (first + v * step) * length, part, v * length, length);
        }
        return new ScanModel(some, part, resolution);
    }
}
