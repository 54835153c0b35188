package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Mtf;
import org.diapason.phantom.PhantomAnalysis;
import org.diapason.phantom.QaPhantom;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Volume;

/**
 * The quality phantom of {@link QaPhantom}, by {@link PhantomAnalysis}: where it is not within 2 mm
 * of the volume's middle it is looked for by its picture, or lies where a person says.
 */
public final class QaBlock {
    /** Correlation below which the phantom counts as not found. */
    private static final double LEAST = 0.5;

    private QaBlock() {}

    /**
     * Analyses a scan in HU.
     *
     * @throws DataException if the phantom is not found, or an edge or insert is not where it
     *     should be
     * @throws RefusedException if the values are not in HU
     * @throws IllegalArgumentException if a roll is given: the phantom is measured straight
     */
    public static QaReport analyse(Volume scan, Manual manual) {
        if (manual.rollDegrees().isPresent()) {
            throw new IllegalArgumentException(
                    "--roll: the quality phantom is measured along the axes of the image; scan it"
                            + " straight to 3° instead.");
        }
        Numbers middle = Finder.middle(scan.geometry());
        Numbers centre = manual.centreMm().orElse(middle);
        boolean moved = manual.centreMm().isPresent();
        ScannerCalibration c;
        try {
            c = PhantomAnalysis.analyse(scan, "of this scan", "", centre);
        } catch (DataException notThere) {
            if (moved) {
                throw notThere;
            }
            Finder.Found found = Finder.find(scan, QaPhantom::hu, OptionalDouble.of(0));
            if (!found.moved() || found.confidence() < LEAST) {
                throw notThere;
            }
            centre = found.centreMm();
            moved = true;
            c = PhantomAnalysis.analyse(scan, "of this scan", "", centre);
        }
        double sure = Finder.correlation(scan, QaPhantom::hu, centre, 0);
        return report(scan, c, centre, manual.centreMm().isPresent(), moved, sure);
    }

    private static QaReport report(
            Volume scan,
            ScannerCalibration c,
            Numbers centre,
            boolean said,
            boolean moved,
            double sure) {
        List<Measured> sharp = new ArrayList<>();
        Numbers mm = c.fwhmMm().orElseThrow();
        for (int a = 0; a < 3; a++) {
            String how = "Gaussian edges fitted to all voxels around three tilted faces";
            sharp.add(Measured.bare("fwhm-" + "ijk".charAt(a), mm.get(a), "mm", how));
        }
        Response response = Response.widths(mm);
        if (c.mtfInPlane().isPresent()) {
            Mtf in = new Mtf(c.mtfPerMm().orElseThrow(), c.mtfInPlane().get());
            sharp.addAll(ScannerMtf.figures(in, "two edges"));
            response = response.or(Response.inPlane(in));
        }
        if (c.mtfThroughPlane().isPresent()) {
            Mtf across = new Mtf(c.mtfPerMm().orElseThrow(), c.mtfThroughPlane().get());
            response = response.or(Response.throughPlane(across));
        }
        List<HuLinearity.Insert> inserts = new ArrayList<>();
        for (Map.Entry<String, Double> e : c.inserts().entrySet()) {
            Sample mean = new Sample(1, e.getValue(), 0);
            double nominal = Double.parseDouble(e.getKey());
            inserts.add(new HuLinearity.Insert(e.getKey(), nominal, mean));
        }
        double gain = c.gain().orElseThrow();
        double offset = c.offset().orElseThrow();
        HuLinearity line = new HuLinearity(gain, offset, 1, Double.NaN, Double.NaN, inserts);
        List<Measured> scale = new ArrayList<>();
        String how = "line through the means of " + inserts.size() + " rods";
        scale.add(Measured.bare("gain", gain, "1", how));
        scale.add(Measured.bare("offset", offset, "HU", how));
        inserts.forEach(
                i ->
                        scale.add(
                                Measured.bare(
                                        "hu." + i.name(),
                                        i.measured().mean(),
                                        "HU",
                                        "core of 6 mm radius")));
        List<QaReport.Module> modules =
                List.of(
                        new QaReport.Module("sharpness", sharp, response, Optional.empty()),
                        new QaReport.Module("scale", scale, Response.of(line), Optional.empty()));
        Numbers at = scan.geometry().toVoxel(centre.get(0), centre.get(1), centre.get(2));
        QaReport.Place place =
                new QaReport.Place(
                        (int) Math.rint(at.get(2)),
                        at.get(0) * scan.geometry().spacing(0),
                        at.get(1) * scan.geometry().spacing(1),
                        0,
                        0,
                        said ? 1 : sure,
                        said
                                ? "as given"
                                : moved ? "found by correlation" : "in the middle of the image");
        return new QaReport("qa", place, modules, areas(scan, centre));
    }

    /** Returns the rods' cores and the edges' boxes in the slices that cut them, if axial. */
    private static List<Area> areas(Volume scan, Numbers centre) {
        List<Area> areas = new ArrayList<>();
        double[][] rods = {{38, 26, 0}, {38, -26, 0}, {0, -28, -18}, {-28, 0, -18}};
        for (int n = 0; n < rods.length; n++) {
            Numbers at =
                    scan.geometry()
                            .toVoxel(
                                    centre.get(0) + rods[n][0],
                                    centre.get(1) + rods[n][1],
                                    centre.get(2) + rods[n][2]);
            double u = at.get(0) * scan.geometry().spacing(0);
            double v = at.get(1) * scan.geometry().spacing(1);
            int k = (int) Math.rint(at.get(2));
            areas.add(
                    n < 2
                            ? Area.disc("rod", k, u, v, 6)
                            : new Area("edge", true, k, u, v, 13, 12, n == 2 ? 0 : 90));
        }
        boolean axial =
                Math.abs(scan.geometry().direction().get(0)) > 0.99
                        && Math.abs(scan.geometry().direction().get(4)) > 0.99;
        return axial ? areas : List.of();
    }
}
