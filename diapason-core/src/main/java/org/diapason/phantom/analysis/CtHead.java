package org.diapason.phantom.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Mtf;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * A CT head phantom that holds a plastic or water rod along the patient's axis, in a skull or not:
 * number, noise, uniformity, noise spectrum and sharpness of the rod.
 *
 * <p>In every slice the parts between {@value #LOW_HU} and {@value #HIGH_HU} HU, made smaller by
 * {@value #SHRINK_MM} mm so that neighbours part, are taken for a rod where they fill their circle
 * by {@value #ROUND}; rods of neighbouring slices whose middles are within 2 mm and radii within
 * 0.8 mm are one, and the one with most volume is measured. Its confidence is its mean roundness,
 * halved below three slices.
 */
public final class CtHead {
    private static final double LOW_HU = -200;
    private static final double HIGH_HU = 250;
    private static final double SHRINK_MM = 1.8;
    private static final double ROUND = 0.9;
    private static final double LEAST_RADIUS_MM = 8;
    private static final double INSET_MM = 4;
    private static final int SQUARE = 32;

    private final Volume volume;
    private final List<Area> rod;
    private final QaReport.Place place;
    private final List<Area> areas = new ArrayList<>();

    private CtHead(Volume volume, Manual manual) {
        this.volume = volume;
        double sure;
        if (manual.centreMm().isPresent()) {
            rod = said(manual.centreMm().get());
            sure = 1;
        } else {
            Optional<List<Disc>> found = longest();
            if (found.isEmpty()) {
                throw new DataException(
                        "no rod was found in the head phantom: no slice has a round part of 8 mm"
                                + " radius or more between -200 and 250 HU. Say where it is: --centre"
                                + " x,y,z.");
            }
            rod = found.get().stream().map(Disc::area).toList();
            double round = found.get().stream().mapToDouble(d -> d.round).average().orElse(0);
            sure = Math.min(1, round) * (rod.size() < 3 ? 0.5 : 1);
        }
        Area middle = rod.get(rod.size() / 2);
        place =
                new QaReport.Place(
                        middle.slice(),
                        middle.uMm(),
                        middle.vMm(),
                        middle.halfUMm(),
                        0,
                        sure,
                        "rod of radius "
                                + Numbers.fixed(middle.halfUMm(), 1)
                                + " mm in slices "
                                + (rod.get(0).slice() + 1)
                                + " to "
                                + (rod.get(rod.size() - 1).slice() + 1));
    }

    /** A round part of a slice. */
    private record Disc(Area area, double round) {}

    /**
     * Analyses a scan of the phantom in HU.
     *
     * @throws DataException if no rod is found
     * @throws RefusedException if the values are not in HU
     */
    public static QaReport analyse(Volume volume, Manual manual) {
        if (volume.quantity() != Quantity.HU) {
            throw new RefusedException(
                    "the phantom scan is in "
                            + volume.quantity().label()
                            + ", HU are needed. Apply the units step first.");
        }
        CtHead phantom = new CtHead(volume, manual);
        List<QaReport.Module> modules =
                List.of(
                        QaReport.Module.of("number and noise", phantom::number),
                        QaReport.Module.of("uniformity", phantom::uniformity),
                        QaReport.Module.showing("noise spectrum", phantom::spectrum),
                        QaReport.Module.showing("sharpness", phantom::sharpness));
        return new QaReport("ct-head", phantom.place, modules, phantom.areas);
    }

    private List<Area> cores(String name) {
        return rod.stream()
                .map(d -> Area.disc(name, d.slice(), d.uMm(), d.vMm(), d.halfUMm() - INSET_MM))
                .toList();
    }

    private List<Measured> number() {
        List<Area> cores = cores("core");
        double[] means = new double[cores.size()];
        double[] sds = new double[cores.size()];
        for (int n = 0; n < means.length; n++) {
            Sample s = Sample.of(volume, List.of(cores.get(n)));
            means[n] = s.mean();
            sds[n] = s.sd();
        }
        areas.addAll(cores);
        String how = "core of the rod, mean over " + means.length + " slices";
        Sample mean = Sample.of(means);
        Sample sd = Sample.of(sds);
        boolean one = means.length < 2;
        return List.of(
                Measured.of("hu.rod", mean.mean(), "HU", one ? Double.NaN : mean.error(), how),
                Measured.of("sd.rod", sd.mean(), "HU", one ? Double.NaN : sd.error(), how));
    }

    private List<Measured> uniformity() {
        Area middle = rod.get(rod.size() / 2);
        double small = middle.halfUMm() / 5;
        double out = middle.halfUMm() - INSET_MM - small;
        Area centre = Area.disc("centre", middle.slice(), middle.uMm(), middle.vMm(), small);
        List<Area> edges = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            double u = n == 0 ? out : n == 1 ? -out : 0;
            double v = n == 2 ? out : n == 3 ? -out : 0;
            edges.add(Area.disc("edge", centre.slice(), middle.uMm() + u, middle.vMm() + v, small));
        }
        List<Measured> found = Uniformity.ct(volume, centre, edges);
        areas.add(centre);
        areas.addAll(edges);
        return found;
    }

    private QaReport.Shown spectrum() {
        Geometry g = volume.geometry();
        boolean[] in = new boolean[g.voxels()];
        for (Area core : cores("spectrum")) {
            for (int n = 0; n < g.ni() * g.nj(); n++) {
                int i = n % g.ni();
                int j = n / g.ni();
                in[g.index(i, j, core.slice())] = core.contains(i * g.spacing(0), j * g.spacing(1));
            }
        }
        Nps nps = Nps.of(volume, Mask.of(g, in), SQUARE, 1);
        return new QaReport.Shown(nps.figures("HU"), Response.noise(nps.spectrum().sd()));
    }

    private QaReport.Shown sharpness() {
        Mtf mtf = ScannerMtf.rod(volume, rod, 6, Double.NEGATIVE_INFINITY, -800);
        return new QaReport.Shown(
                ScannerMtf.figures(mtf, "round surface of the rod"), Response.inPlane(mtf, 0, 1));
    }

    private List<Area> said(Numbers mm) {
        Geometry g = volume.geometry();
        Numbers at = g.toVoxel(mm.get(0), mm.get(1), mm.get(2));
        int k = (int) Math.rint(at.get(2));
        List<Area> near = new ArrayList<>();
        if (k >= 0 && k < g.nk()) {
            for (Disc d : discs(k)) {
                double du = d.area.uMm() - at.get(0) * g.spacing(0);
                double dv = d.area.vMm() - at.get(1) * g.spacing(1);
                if (du * du + dv * dv < d.area.halfUMm() * d.area.halfUMm()) {
                    near.add(d.area);
                }
            }
        }
        if (near.isEmpty()) {
            throw new DataException(
                    "there is no round part around the centre "
                            + mm.fixed(1)
                            + " mm that was given. Give the middle of the rod in mm as in the"
                            + " image's header.");
        }
        return near;
    }

    private Optional<List<Disc>> longest() {
        List<List<Disc>> runs = new ArrayList<>();
        List<List<Disc>> open = new ArrayList<>();
        for (int k = 0; k < volume.geometry().nk(); k++) {
            List<List<Disc>> next = new ArrayList<>();
            for (Disc d : discs(k)) {
                List<Disc> run =
                        open.stream()
                                .filter(r -> follows(r.get(r.size() - 1), d))
                                .findFirst()
                                .orElseGet(ArrayList::new);
                if (run.isEmpty()) {
                    runs.add(run);
                }
                run.add(d);
                next.add(run);
            }
            open = next;
        }
        List<Disc> best = null;
        double most = 0;
        for (List<Disc> run : runs) {
            double size = 0;
            for (Disc d : run) {
                size += d.area.halfUMm() * d.area.halfUMm();
            }
            best = size > most ? run : best;
            most = Math.max(most, size);
        }
        return Optional.ofNullable(best);
    }

    private static boolean follows(Disc a, Disc b) {
        double du = a.area.uMm() - b.area.uMm();
        double dv = a.area.vMm() - b.area.vMm();
        return du * du + dv * dv < 4 && Math.abs(a.area.halfUMm() - b.area.halfUMm()) < 0.8;
    }

    /** Returns the round parts of a slice. */
    private List<Disc> discs(int k) {
        Geometry g = volume.geometry();
        int plane = g.ni() * g.nj();
        boolean[] in = new boolean[plane];
        for (int n = 0; n < plane; n++) {
            float v = volume.at(n % g.ni(), n / g.ni(), k);
            in[n] = v > LOW_HU && v < HIGH_HU;
        }
        boolean[] small = eroded(g, in);
        boolean[] seen = new boolean[plane];
        List<Disc> discs = new ArrayList<>();
        for (int n = 0; n < plane; n++) {
            if (small[n] && !seen[n]) {
                Disc d = disc(g, k, part(g, small, seen, n));
                if (d.round > ROUND && d.area.halfUMm() > LEAST_RADIUS_MM) {
                    discs.add(d);
                }
            }
        }
        return discs;
    }

    private static boolean[] eroded(Geometry g, boolean[] in) {
        int ri = (int) Math.rint(SHRINK_MM / g.spacing(0));
        int rj = (int) Math.rint(SHRINK_MM / g.spacing(1));
        boolean[] out = new boolean[in.length];
        for (int n = 0; n < in.length; n++) {
            boolean whole = in[n];
            int i = n % g.ni();
            int j = n / g.ni();
            for (int b = -rj; b <= rj && whole; b++) {
                for (int a = -ri; a <= ri && whole; a++) {
                    if (a * a * rj * rj + b * b * ri * ri <= ri * ri * rj * rj) {
                        boolean outside =
                                i + a < 0 || j + b < 0 || i + a >= g.ni() || j + b >= g.nj();
                        whole = !outside && in[n + a + b * g.ni()];
                    }
                }
            }
            out[n] = whole;
        }
        return out;
    }

    private static int[] part(Geometry g, boolean[] in, boolean[] seen, int from) {
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        seen[from] = true;
        int[] found = new int[64];
        int count = 0;
        while (!open.isEmpty()) {
            int n = open.poll();
            found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
            found[count++] = n;
            int i = n % g.ni();
            int j = n / g.ni();
            int[] next = {
                i > 0 ? n - 1 : n,
                i < g.ni() - 1 ? n + 1 : n,
                j > 0 ? n - g.ni() : n,
                j < g.nj() - 1 ? n + g.ni() : n
            };
            for (int m : next) {
                if (in[m] && !seen[m]) {
                    seen[m] = true;
                    open.add(m);
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static Disc disc(Geometry g, int k, int[] part) {
        double u = 0;
        double v = 0;
        for (int n : part) {
            u += n % g.ni() * g.spacing(0) / part.length;
            v += n / g.ni() * g.spacing(1) / part.length;
        }
        double far = 0;
        for (int n : part) {
            double du = n % g.ni() * g.spacing(0) - u;
            double dv = n / g.ni() * g.spacing(1) - v;
            far = Math.max(far, Math.sqrt(du * du + dv * dv));
        }
        double radius = Math.sqrt(part.length * g.spacing(0) * g.spacing(1) / Math.PI);
        double shrunkMm = Math.rint(SHRINK_MM / g.spacing(0)) * g.spacing(0);
        double fills = radius / Math.max(far, 1e-9);
        Area area = Area.disc("rod", k, u, v, radius + shrunkMm);
        return new Disc(area, fills);
    }
}
