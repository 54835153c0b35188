package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Mtf;
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
 * four sides, thickness by ramps of 1 in 10, position by the two bars at the top of slices 1 and
 * 11, low contrast by {@link AcrSpokes}. Sharpness is that of the water's round surface; the rows
 * of holes in slice 1, which a person counts, are not read.
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
    private final AcrBar bar;
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
        AcrBar low = AcrBar.find(volume, 0, best);
        AcrBar high = g.nk() > 1 ? AcrBar.find(volume, g.nk() - 1, best) : null;
        bar = low != null ? low : high;
        first = low != null ? 0 : high != null ? g.nk() - 1 : -1;
        double roll = manual.rollDegrees().orElse(bar == null ? 0 : bar.degrees());
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
     * @param second the same series once more, nothing moved, for the noise of their difference
     * @throws DataException if the phantom is not found
     */
    public static QaReport analyse(Volume volume, Optional<Volume> second, Manual manual) {
        AcrMri phantom = new AcrMri(volume, manual);
        List<QaReport.Module> modules =
                new ArrayList<>(
                        List.of(
                                QaReport.Module.showing("slice thickness", phantom::thickness),
                                QaReport.Module.of("slice position", phantom::position),
                                QaReport.Module.of("diameter", phantom::diameter),
                                QaReport.Module.showing("sharpness", phantom::sharpness),
                                QaReport.Module.of("uniformity", phantom::uniformity),
                                QaReport.Module.of("ghosting", phantom::ghosting),
                                QaReport.Module.showing("signal to noise", phantom::noise),
                                QaReport.Module.of("air", phantom::air),
                                QaReport.Module.of("low contrast", phantom::lowContrast)));
        second.ifPresent(
                other ->
                        modules.add(
                                QaReport.Module.of("difference", () -> phantom.difference(other))));
        return new QaReport("acr-mri", phantom.place, modules, phantom.areas);
    }

    private static double score(Circle c) {
        double size = (c.radiusMm() - RADIUS_MM) / 3;
        double round = c.rmsMm() / 0.6;
        return c.kept() * StrictMath.exp(-(size * size + round * round) / 2);
    }

    private QaReport.Shown thickness() {
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
                            bar.vMm() + side * RAMP_MM * StrictMath.cos(angle),
                            60,
                            1.2,
                            place.rollDegrees());
            ramps.add(ramp);
        }
        areas.addAll(ramps);
        Measured mm = SliceThickness.ramps(volume, ramps.get(0), ramps.get(1), 0.1);
        Numbers widths = Numbers.of(Double.NaN, Double.NaN, mm.value());
        return new QaReport.Shown(List.of(mm), Response.widths(widths));
    }

    /** How much the right one of the pair of bars at the top of slices 1 and 11 is longer. */
    private List<Measured> position() {
        int last = first == 0 ? 10 * step : first - 10 * step;
        if (first < 0 || last < 0 || last >= volume.geometry().nk()) {
            throw new DataException(
                    "slices 1 and 11 with the bars of slice position are not both among the "
                            + volume.geometry().nk()
                            + " slices. Scan all eleven slices.");
        }
        return List.of(
                AcrWedges.of(volume, place, "1", first, areas),
                AcrWedges.of(volume, place, "11", last, areas));
    }

    /** Transfer across the round surface of the water in the even slice. */
    private QaReport.Shown sharpness() {
        int k = even();
        Circle c = Circle.find(volume, k, RADIUS_MM);
        if (c == null) {
            throw new DataException("slice " + (k + 1) + " shows no round outline.");
        }
        Area disc = Area.disc("outline", k, c.uMm(), c.vMm(), c.radiusMm());
        double water = Area.disc("water", k, c.uMm(), c.vMm(), LARGE_MM).sample(volume).mean();
        Mtf mtf = ScannerMtf.rod(volume, List.of(disc), 8, water / 2, water / 5);
        return new QaReport.Shown(
                ScannerMtf.figures(mtf, "round surface of the water in slice " + (k + 1)),
                Response.inPlane(mtf, 0, 1));
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
        Area object = Area.disc("signal", k, place.uMm(), place.vMm(), LARGE_MM);
        List<Area> s = sides(k);
        Measured psg = Ghosting.psg(volume, object, s.get(0), s.get(1), s.get(2), s.get(3));
        areas.addAll(s);
        return List.of(psg);
    }

    /** Returns the air above, below, left and right. */
    private List<Area> sides(int k) {
        Geometry g = volume.geometry();
        double right = (g.ni() - 1) * g.spacing(0);
        double bottom = (g.nj() - 1) * g.spacing(1);
        double r = place.radiusMm();
        return List.of(
                air("air above", k, place.uMm(), place.vMm() - r, true, place.vMm() - r),
                air("air below", k, place.uMm(), place.vMm() + r, true, bottom - place.vMm() - r),
                air("air left", k, place.uMm() - r, place.vMm(), false, place.uMm() - r),
                air("air right", k, place.uMm() + r, place.vMm(), false, right - place.uMm() - r));
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

    private QaReport.Shown noise() {
        int k = even();
        List<Area> five = new ArrayList<>();
        double signal = 0;
        for (int n = 0; n < 5; n++) {
            double u = n == 0 ? 0 : n % 2 == 0 ? 40 : -40;
            double v = n == 0 ? 0 : n > 2 ? 40 : -40;
            five.add(new Area("noise", true, k, place.uMm() + u, place.vMm() + v, 10, 10, 0));
            signal += five.get(n).sample(volume).mean() / 5;
        }
        Measured snr = Contrast.smoothed(volume, five);
        areas.addAll(five);
        return new QaReport.Shown(List.of(snr), Response.noise(signal / snr.value()));
    }

    /** Signal over the noise of the air beside the phantom, on the sides with less ghost. */
    private List<Measured> air() {
        int k = even();
        List<Area> four = sides(k);
        List<Area> upright = four.subList(0, 2);
        List<Area> across = four.subList(2, 4);
        boolean ghost = Sample.of(volume, upright).mean() > Sample.of(volume, across).mean();
        Area signal = Area.disc("signal", k, place.uMm(), place.vMm(), LARGE_MM);
        return List.of(Contrast.air(volume, signal, ghost ? across : upright));
    }

    private List<Measured> difference(Volume other) {
        Area signal = Area.disc("signal", even(), place.uMm(), place.vMm(), LARGE_MM);
        return List.of(Contrast.twoImages(volume, other, signal));
    }

    private List<Measured> lowContrast() {
        List<Integer> slices = new ArrayList<>();
        for (int n = 7; n <= 10; n++) {
            int k = first < 0 ? -1 : first + (first == 0 ? n : -n) * step;
            if (k < 0 || k >= volume.geometry().nk()) {
                throw new DataException(
                        "slices 8 to 11 with the spokes of low contrast are not all among the "
                                + volume.geometry().nk()
                                + " slices. Scan all eleven slices.");
            }
            slices.add(k);
        }
        AcrSpokes spokes = AcrSpokes.of(volume, slices, place);
        areas.addAll(spokes.areas());
        return spokes.figures();
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
}
