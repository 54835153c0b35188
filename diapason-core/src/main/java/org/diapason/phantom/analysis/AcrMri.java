package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * The large MRI phantom of the ACR in an axial series: a ball of 190 mm across, ramps in slice 1,
 * even in slice 7, eleven slices 10 mm apart.
 *
 * <p>Found by its outline in every slice; slice 1 is the end whose slice has a dark bar of 7 to 14
 * mm across its middle, the bar's line gives the roll. The confidence is the product of how well
 * radius (95 ± 3 mm), roundness (0.6 mm) and the bar (1, else 0.5) fit. Below {@value #LEAST} it is
 * not taken without a person's word.
 *
 * <p>Areas of the ACR's guidance: uniformity in a disc of 200 cm², ghosts in ellipses of 10 cm² at
 * four sides, thickness by ramps of 1 in 10.
 */
public final class AcrMri {
    /** Confidence below which the phantom counts as not found. */
    public static final double LEAST = 0.4;

    private static final double RADIUS_MM = 95;
    private static final double LARGE_MM = Math.sqrt(20_000 / Math.PI);
    private static final double EVEN_MM = 75;
    private static final double RAMP_MM = 2.4;

    private final Volume volume;
    private final List<Area> areas = new ArrayList<>();
    private final QaReport.Place place;
    private final Bar bar;
    private final int first;
    private final int step;

    private AcrMri(Volume volume, Manual manual) {
        this.volume = volume;
        Geometry g = volume.geometry();
        double perSlice = 10 / g.spacing(2);
        step = (int) Math.max(1, Math.rint(perSlice));
        Circle best = null;
        int at = 0;
        for (int k = 0; k < g.nk(); k++) {
            Circle c = Circle.find(volume, k, RADIUS_MM);
            if (c != null && (best == null || score(c) > score(best))) {
                best = c;
                at = k;
            }
        }
        if (manual.centreMm().isPresent()) {
            Numbers mm = manual.centreMm().get();
            Numbers voxel = g.toVoxel(mm.get(0), mm.get(1), mm.get(2));
            at = (int) Math.max(0, Math.min(g.nk() - 1, Math.rint(voxel.get(2))));
            best =
                    new Circle(
                            voxel.get(0) * g.spacing(0),
                            voxel.get(1) * g.spacing(1),
                            best == null ? RADIUS_MM : best.radiusMm(),
                            0,
                            1);
        }
        if (best == null) {
            throw notFound("no slice shows a round outline", 0);
        }
        Bar low = Bar.find(volume, 0, best);
        Bar high = g.nk() > 1 ? Bar.find(volume, g.nk() - 1, best) : null;
        bar = low != null ? low : high;
        first = low != null ? 0 : high != null ? g.nk() - 1 : -1;
        double roll = manual.rollDegrees().orElse(bar == null ? 0 : bar.degrees);
        double sure = manual.centreMm().isPresent() ? 1 : score(best) * (bar == null ? 0.5 : 1);
        String how =
                "outline of radius "
                        + Numbers.fixed(best.radiusMm(), 1)
                        + " mm in slice "
                        + (at + 1)
                        + (bar == null
                                ? ", no bar of slice 1 at either end"
                                : ", bar of slice 1 in slice " + (first + 1));
        if (sure < LEAST) {
            throw notFound(how, sure);
        }
        place = new QaReport.Place(at, best.uMm(), best.vMm(), best.radiusMm(), roll, sure, how);
    }

    /**
     * Analyses a series of the phantom.
     *
     * @throws DataException if the phantom is not found
     */
    public static QaReport analyse(Volume volume, Manual manual) {
        AcrMri phantom = new AcrMri(volume, manual);
        List<QaReport.Module> modules =
                List.of(
                        QaReport.Module.of("slice thickness", phantom::thickness),
                        QaReport.Module.of("diameter", phantom::diameter),
                        QaReport.Module.of("uniformity", phantom::uniformity),
                        QaReport.Module.of("ghosting", phantom::ghosting),
                        QaReport.Module.of("signal to noise", phantom::noise));
        return new QaReport("acr-mri", phantom.place, modules, phantom.areas);
    }

    private static double score(Circle c) {
        double size = (c.radiusMm() - RADIUS_MM) / 3;
        double round = c.rmsMm() / 0.6;
        return c.kept() * StrictMath.exp(-(size * size + round * round) / 2);
    }

    private List<Measured> thickness() {
        if (bar == null) {
            throw new DataException(
                    "slice 1 with its ramps is at neither end of the series. Scan all eleven slices.");
        }
        double angle = StrictMath.toRadians(place.rollDegrees());
        List<Area> ramps = new ArrayList<>();
        for (int side = -1; side <= 1; side += 2) {
            Area ramp =
                    new Area(
                            side < 0 ? "ramp above" : "ramp below",
                            true,
                            first,
                            place.uMm() - side * RAMP_MM * StrictMath.sin(angle),
                            bar.vMm + side * RAMP_MM * StrictMath.cos(angle),
                            60,
                            1.2,
                            place.rollDegrees());
            ramps.add(ramp);
        }
        areas.addAll(ramps);
        return List.of(SliceThickness.ramps(volume, ramps.get(0), ramps.get(1), 0.1));
    }

    private List<Measured> diameter() {
        Circle c = Circle.find(volume, place.slice(), RADIUS_MM);
        if (c == null) {
            throw new DataException("slice " + (place.slice() + 1) + " shows no round outline.");
        }
        double error = 2 * c.rmsMm() / Math.sqrt(c.kept() * 60);
        return List.of(
                Measured.of(
                        "diameter",
                        2 * c.radiusMm(),
                        "mm",
                        error,
                        "circle through the outline of slice " + (place.slice() + 1)));
    }

    private List<Measured> uniformity() {
        Area large = Area.disc("uniformity", even(), place.uMm(), place.vMm(), LARGE_MM);
        Measured piu = Uniformity.piu(volume, large, Uniformity.SMALL_RADIUS_MM);
        areas.add(large);
        return List.of(piu);
    }

    private List<Measured> ghosting() {
        int k = even();
        Geometry g = volume.geometry();
        Area object = Area.disc("signal", k, place.uMm(), place.vMm(), LARGE_MM);
        double right = (g.ni() - 1) * g.spacing(0);
        double bottom = (g.nj() - 1) * g.spacing(1);
        double r = place.radiusMm();
        Area top = air("air above", k, place.uMm(), place.vMm() - r, true, place.vMm() - r);
        Area below =
                air("air below", k, place.uMm(), place.vMm() + r, true, bottom - place.vMm() - r);
        Area left = air("air left", k, place.uMm() - r, place.vMm(), false, place.uMm() - r);
        Area other =
                air("air right", k, place.uMm() + r, place.vMm(), false, right - place.uMm() - r);
        Measured psg = Ghosting.psg(volume, object, top, below, left, other);
        areas.addAll(List.of(top, below, left, other));
        return List.of(psg);
    }

    /** An ellipse of 10 cm² in the middle of the air between phantom and border. */
    private Area air(String name, int k, double u, double v, boolean lying, double room) {
        if (room < 12) {
            throw new DataException(
                    name
                            + " the phantom there are only "
                            + Numbers.fixed(Math.max(0, room), 1)
                            + " mm of image, and 12 mm are needed. Scan with a larger field.");
        }
        double thin = Math.min(8, room / 2 - 3);
        double wide = 1000 / Math.PI / thin;
        double off = room / 2;
        double du = lying ? 0 : u < place.uMm() ? -off : off;
        double dv = !lying ? 0 : v < place.vMm() ? -off : off;
        return new Area(
                name, false, k, u + du, v + dv, lying ? wide : thin, lying ? thin : wide, 0);
    }

    private List<Measured> noise() {
        int k = even();
        List<Area> five = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            double u = n == 0 ? 0 : n % 2 == 0 ? 40 : -40;
            double v = n == 0 ? 0 : n > 2 ? 40 : -40;
            five.add(new Area("noise", true, k, place.uMm() + u, place.vMm() + v, 10, 10, 0));
        }
        Measured snr = Contrast.smoothed(volume, five);
        areas.addAll(five);
        return List.of(snr);
    }

    /** Returns the slice of the even part: 60 mm from slice 1, and without structure. */
    private int even() {
        int n = volume.geometry().nk();
        int k = first < 0 ? place.slice() : first + (first == 0 ? 6 : -6) * step;
        if (k < 0 || k >= n) {
            throw new DataException(
                    "slice 7, 60 mm from slice 1, is not among the "
                            + n
                            + " slices. Scan all eleven slices.");
        }
        double off = structure(k);
        if (off > 0.01) {
            throw new DataException(
                    "slice "
                            + (k + 1)
                            + " should be even, but "
                            + Numbers.fixed(100 * off, 1)
                            + " % of it has structure. Scan all eleven slices, or say where the"
                            + " phantom is.");
        }
        return k;
    }

    /** Returns the share of voxels that differ by a fifth from those 5 voxels away. */
    private double structure(int k) {
        Geometry g = volume.geometry();
        int count = 0;
        int off = 0;
        for (int j = 5; j < g.nj() - 5; j++) {
            for (int i = 5; i < g.ni() - 5; i++) {
                double u = i * g.spacing(0) - place.uMm();
                double v = j * g.spacing(1) - place.vMm();
                if (u * u + v * v > EVEN_MM * EVEN_MM) {
                    continue;
                }
                double here = volume.at(i, j, k);
                double around =
                        (volume.at(i - 5, j, k)
                                        + volume.at(i + 5, j, k)
                                        + volume.at(i, j - 5, k)
                                        + volume.at(i, j + 5, k))
                                / 4;
                count++;
                off += Math.abs(here - around) > 0.2 * Math.abs(around) ? 1 : 0;
            }
        }
        return off / (double) Math.max(1, count);
    }

    private static DataException notFound(String how, double sure) {
        return new DataException(
                "the ACR MRI phantom was not found: "
                        + how
                        + " (confidence "
                        + Numbers.fixed(sure, 2)
                        + ", "
                        + Numbers.fixed(LEAST, 2)
                        + " is needed). Say where it is: --centre x,y,z and --roll.");
    }

    /** The dark bar of slice 1: where it crosses the middle and how it is turned. */
    private record Bar(double vMm, double degrees) {

        static Bar find(Volume volume, int slice, Circle c) {
            List<double[]> middles = new ArrayList<>();
            double step = volume.geometry().spacing(1) / 4;
            Area here = Area.disc("bar", slice, c.uMm(), c.vMm(), 1);
            for (int column = -8; column <= 8; column++) {
                double u = c.uMm() + 5 * column;
                double top = 0;
                double bottom = 0;
                double water = 0;
                int n = (int) (10 / step);
                try {
                    for (int x = 0; x < n; x++) {
                        double v = c.vMm() - 24 + x * step;
                        water += SliceThickness.at(volume, u, v, here) / n;
                    }
                    top = crossing(volume, here, u, c.vMm() - 13, step, water / 2);
                    bottom = crossing(volume, here, u, c.vMm() + 13, -step, water / 2);
                } catch (DataException outside) {
                    return null;
                }
                if (bottom - top > 7 && bottom - top < 14) {
                    middles.add(new double[] {u - c.uMm(), (top + bottom) / 2});
                }
            }
            if (middles.size() < 12) {
                return null;
            }
            double n = middles.size();
            double x = 0;
            double y = 0;
            for (double[] m : middles) {
                x += m[0] / n;
                y += m[1] / n;
            }
            double xx = 0;
            double xy = 0;
            for (double[] m : middles) {
                xx += (m[0] - x) * (m[0] - x);
                xy += (m[0] - x) * (m[1] - y);
            }
            double slope = xy / xx;
            return new Bar(y - slope * x, StrictMath.toDegrees(StrictMath.atan(slope)));
        }

        private static double crossing(
                Volume volume, Area here, double u, double from, double step, double half) {
            for (int n = 0; n * Math.abs(step) < 13; n++) {
                if (SliceThickness.at(volume, u, from + n * step, here) < half) {
                    return from + n * step;
                }
            }
            return from + 13 * Math.signum(step);
        }
    }
}
