package org.diapason.phantom;

import java.util.Optional;
import org.diapason.math.Mtf;
import org.diapason.volume.Numbers;
import org.diapason.volume.ScannerCalibration;

/** Puts measured transfer functions into a calibration: on one row of frequencies, without tail. */
public final class TransferCurves {
    private static final int FREQUENCIES = 160;

    /** Below this a measured curve is noise, and the step kernel gives its frequencies up. */
    private static final double TAIL = 0.02;

    private TransferCurves() {}

    /**
     * Returns the calibration with the curves that there are, from 0 to where the longer of them
     * first falls to 2 %, in equal steps.
     */
    public static ScannerCalibration into(
            ScannerCalibration c, Optional<Mtf> inPlane, Optional<Mtf> throughPlane) {
        double end = Math.max(end(inPlane), end(throughPlane));
        if (end == 0) {
            return c;
        }
        double[] f = new double[FREQUENCIES + 1];
        for (int n = 0; n < f.length; n++) {
            f[n] = end * n / FREQUENCIES;
        }
        return c.withMtf(Numbers.of(f), sampled(inPlane, f), sampled(throughPlane, f));
    }

    private static Optional<Numbers> sampled(Optional<Mtf> curve, double[] f) {
        double last = end(curve);
        return curve.map(
                mtf -> {
                    double[] m = new double[f.length];
                    for (int n = 0; n < f.length; n++) {
                        m[n] = f[n] <= last * (1 + 1e-9) ? mtf.at(f[n]) : 0;
                    }
                    return Numbers.of(m);
                });
    }

    private static double end(Optional<Mtf> curve) {
        if (curve.isEmpty()) {
            return 0;
        }
        double falls = curve.get().frequencyOf(TAIL);
        Numbers f = curve.get().perMm();
        return Double.isNaN(falls) ? f.get(f.size() - 1) : falls;
    }
}
