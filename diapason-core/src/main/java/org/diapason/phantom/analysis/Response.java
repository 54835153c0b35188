package org.diapason.phantom.analysis;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.diapason.math.Mtf;
import org.diapason.phantom.TransferCurves;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.diapason.volume.ScannerCalibration;

/**
 * What a scan of a phantom says about its scanner as other steps take it: widths, transfer, the
 * line of its scale, noise. What was not measured is absent.
 *
 * @param fwhmMm widths along i, j, k in mm; NaN where not known
 * @param inPlane transfer within the slices
 * @param throughPlane transfer across them
 * @param line measured over true values
 * @param noiseSd standard deviation of the noise, in the unit of the image
 */
public record Response(
        Numbers fwhmMm,
        Optional<Mtf> inPlane,
        Optional<Mtf> throughPlane,
        Optional<HuLinearity> line,
        OptionalDouble noiseSd) {
    private static final Numbers UNKNOWN = Numbers.of(Double.NaN, Double.NaN, Double.NaN);

    /** Nothing is known. */
    public static final Response NONE =
            new Response(
                    UNKNOWN,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.empty());

    /** Returns what a transfer within the slices says: the widths along the axes given, too. */
    static Response inPlane(Mtf mtf, int... axes) {
        double[] mm = {Double.NaN, Double.NaN, Double.NaN};
        for (int axis : axes) {
            mm[axis] = mtf.gaussianFwhmMm();
        }
        return new Response(
                Numbers.of(mm),
                Optional.of(mtf),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty());
    }

    /** Returns what a transfer across the slices says. */
    static Response throughPlane(Mtf mtf) {
        return new Response(
                Numbers.of(Double.NaN, Double.NaN, mtf.gaussianFwhmMm()),
                Optional.empty(),
                Optional.of(mtf),
                Optional.empty(),
                OptionalDouble.empty());
    }

    /** Returns the widths alone. */
    static Response widths(Numbers fwhmMm) {
        return new Response(
                fwhmMm,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty());
    }

    /** Returns what a line of the scale says. */
    static Response of(HuLinearity line) {
        return new Response(
                UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.of(line),
                OptionalDouble.empty());
    }

    /** Returns what noise says. */
    static Response noise(double sd) {
        return new Response(
                UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(sd));
    }

    /** Returns this, and of the other what is not known here. */
    Response or(Response other) {
        double[] mm = fwhmMm.toArray();
        for (int a = 0; a < 3; a++) {
            mm[a] = Double.isNaN(mm[a]) ? other.fwhmMm.get(a) : mm[a];
        }
        return new Response(
                Numbers.of(mm),
                inPlane.or(other::inPlane),
                throughPlane.or(other::throughPlane),
                line.or(other::line),
                noiseSd.isPresent() ? noiseSd : other.noiseSd);
    }

    /**
     * Returns the calibration of the scanner. A width along j that was not measured is that along
     * i: the transfer within the slices is the same in all directions.
     *
     * @param scanner its name
     * @param date day of the scan, ISO 8601
     * @throws DataException if nothing is known
     */
    public ScannerCalibration calibration(String scanner, String date) {
        double i = Double.isNaN(fwhmMm.get(0)) ? fwhmMm.get(1) : fwhmMm.get(0);
        double j = Double.isNaN(fwhmMm.get(1)) ? i : fwhmMm.get(1);
        Numbers mm = Numbers.of(i, j, fwhmMm.get(2));
        boolean known = !Double.isNaN(i) && !Double.isNaN(fwhmMm.get(2));
        boolean curves = inPlane.isPresent() || throughPlane.isPresent();
        if (!known && !curves && line.isEmpty() && noiseSd.isEmpty()) {
            throw new DataException(
                    "the scan gave neither sharpness, nor a scale, nor noise, so there is no"
                            + " calibration to write. Leave --out out, or scan a phantom that has"
                            + " them.");
        }
        TreeMap<String, Double> inserts = new TreeMap<>();
        for (HuLinearity.Insert insert :
                line.map(HuLinearity::inserts).orElse(java.util.List.of())) {
            String nominal = Numbers.fixed(insert.nominal(), 0);
            inserts.merge(nominal, insert.measured().mean(), (a, b) -> (a + b) / 2);
        }
        ScannerCalibration plain =
                new ScannerCalibration(
                        scanner,
                        date,
                        known ? Optional.of(mm) : Optional.empty(),
                        line.map(l -> OptionalDouble.of(l.slope())).orElse(OptionalDouble.empty()),
                        line.map(l -> OptionalDouble.of(l.offset())).orElse(OptionalDouble.empty()),
                        inserts,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        noiseSd);
        return TransferCurves.into(plain, inPlane, throughPlane);
    }
}
