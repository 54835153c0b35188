package org.diapason.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.diapason.math.Rng;
import org.diapason.phantom.Motion;
import org.diapason.phantom.RegistrationPair;
import org.diapason.phantom.SmoothWarp;
import org.diapason.registration.Registration.Model;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/** Pairs of known truth for {@link RegistrationStudy}: the whole head, drawn in both poses. */
final class RegistrationScenes {
    /** Turned by 4, −3 and 6 degrees about x, y, z, and shifted by 5, −4, 3 mm. */
    static final Affine RIGID = turned(4, -3, 6).then(Affine.shift(5, -4, 3));

    /** The same after scales of 1.05, 0.96, 1.03 and shears of 0.03 and −0.02. */
    static final Affine AFFINE =
            new Affine(Numbers.of(1.05, 0.0315, 0, 0, 0, 0.96, -0.0192, 0, 0, 0, 1.03, 0))
                    .then(RIGID);

    /** Largest shift and correlation length of the usual warp in mm. */
    static final double WARP_MM = 5;

    static final double WARP_LENGTH_MM = 25;

    /** Correlation lengths of the warps whose accuracy is measured, in mm. */
    private static final int[] LENGTHS_MM = {25, 40};

    private static final double TURN_DEGREES = 45;
    private static final double SHIFT_MM = 80;

    private RegistrationScenes() {}

    /**
     * A registration to try.
     *
     * @param pair made when it is its turn
     * @param mask whether it is told what is head
     */
    record Scene(String name, Model model, Supplier<RegistrationPair> pair, boolean mask) {
        Optional<Mask> mask(RegistrationPair of) {
            return mask ? Optional.of(of.mask()) : Optional.empty();
        }
    }

    /** Returns the scenes of accuracy on grids of a spacing. */
    static List<Scene> accuracy(double mm) {
        Geometry g = RegistrationPair.grid(mm);
        Motion rigid = Motion.of(RIGID);
        Motion affine = Motion.of(AFFINE);
        List<Scene> scenes = new ArrayList<>();
        String[][] contrasts = {{"t1", "t2"}, {"ct", "t1"}, {"pet", "ct"}, {"t1", "flair"}};
        for (String[] c : contrasts) {
            String name = c[0] + " to " + c[1];
            scenes.add(scene(name, Model.RIGID, () -> head(c, g, g, rigid)));
            scenes.add(scene(name, Model.AFFINE, () -> head(c, g, g, affine)));
        }
        for (String[] c : new String[][] {{"t1", "t2"}, {"ct", "t1"}, {"t1", "t1"}}) {
            for (int length : LENGTHS_MM) {
                Motion warp = new SmoothWarp(WARP_MM, length, 1).then(AFFINE);
                String name = c[0] + " to " + c[1] + ", warp of " + length + " mm";
                scenes.add(scene(name, Model.DIFFEO, () -> head(c, g, g, warp)));
            }
        }
        String[] t = contrasts[0];
        Motion shift = Motion.of(Affine.shift(5, -4, 3));
        Affine larger = new Affine(Numbers.of(1.04, 0, 0, 0, 0, 1.04, 0, 0, 0, 0, 1.04, 0));
        Motion similar = Motion.of(larger.then(RIGID));
        scenes.add(scene("t1 to t2", Model.TRANSLATION, () -> head(t, g, g, shift)));
        scenes.add(scene("t1 to t2", Model.SIMILARITY, () -> head(t, g, g, similar)));
        Geometry thick = grid(Numbers.of(mm, mm, 4 * mm), Geometry.IDENTITY);
        Geometry flipped = grid(Numbers.of(mm, mm, mm), Numbers.of(-1, 0, 0, 0, 1, 0, 0, 0, 1));
        Geometry sagittal = grid(Numbers.of(mm, mm, mm), Numbers.of(0, 0, 1, 1, 0, 0, 0, -1, 0));
        for (Model m : List.of(Model.RIGID, Model.AFFINE)) {
            Motion by = m == Model.RIGID ? rigid : affine;
            scenes.add(scene("moving slices 4 times as thick", m, () -> head(t, g, thick, by)));
            scenes.add(scene("fixed slices 4 times as thick", m, () -> head(t, thick, g, by)));
            scenes.add(scene("moving left to right", m, () -> head(t, g, flipped, by)));
            scenes.add(scene("moving sagittal", m, () -> head(t, g, sagittal, by)));
            scenes.add(
                    scene("60 % overlap, top", m, () -> head(t, g, g, by).cropped(0.6, 2, true)));
            scenes.add(new Scene("mask of the head", m, () -> head(t, g, g, by), true));
        }
        for (Model m : List.of(Model.RIGID, Model.AFFINE, Model.DIFFEO)) {
            scenes.add(scene("one slice", m, () -> slice(t, mm, m)));
        }
        return scenes;
    }

    /** Returns a pair of one slice each that moved within its plane. */
    static RegistrationPair slice(String[] contrasts, double mm, Model model) {
        Geometry all = RegistrationPair.grid(mm);
        Geometry g =
                new Geometry(
                        all.ni(),
                        all.nj(),
                        1,
                        all.spacingMm(),
                        Numbers.of(all.originMm().get(0), all.originMm().get(1), 22),
                        Geometry.IDENTITY);
        Affine rigid = turned(0, 0, 6).then(Affine.shift(5, -4, 0));
        Affine linear =
                model == Model.RIGID
                        ? rigid
                        : new Affine(Numbers.of(1.05, 0.03, 0, 0, 0, 0.96, 0, 0, 0, 0, 1, 0))
                                .then(rigid);
        Motion motion = Motion.of(linear);
        if (model == Model.DIFFEO) {
            motion = new SmoothWarp(WARP_MM, WARP_LENGTH_MM, 1).inPlane().then(linear);
        }
        return head(contrasts, g, g, motion);
    }

    private static Scene scene(String name, Model model, Supplier<RegistrationPair> pair) {
        return new Scene(name, model, pair, false);
    }

    static RegistrationPair head(String[] contrasts, Geometry fixed, Geometry moving, Motion by) {
        return RegistrationPair.head(contrasts[0], contrasts[1], fixed, moving, by, 1);
    }

    /** Returns a grid over the head whose axes point as told. */
    static Geometry grid(Numbers spacing, Numbers direction) {
        Geometry whole = RegistrationPair.grid(1);
        int[] size = new int[3];
        double[] first = new double[3];
        for (int a = 0; a < 3; a++) {
            double mm = 0;
            for (int r = 0; r < 3; r++) {
                mm += Math.abs(direction.get(3 * r + a)) * whole.size(r);
            }
            size[a] = (int) Math.rint(mm / spacing.get(a));
        }
        for (int r = 0; r < 3; r++) {
            for (int a = 0; a < 3; a++) {
                first[r] -= direction.get(3 * r + a) * spacing.get(a) * (size[a] - 1) / 2;
            }
        }
        return new Geometry(size[0], size[1], size[2], spacing, Numbers.of(first), direction);
    }

    /**
     * Returns a start of the capture study: a turn of up to 45° about a random axis through the
     * middle and a shift of up to 80 mm along each axis.
     */
    static Affine displacement(long seed) {
        Rng rng = new Rng(Rng.seed(seed, "displacement"));
        double[] shift = new double[3];
        for (int a = 0; a < 3; a++) {
            shift[a] = SHIFT_MM * (2 * rng.nextDouble() - 1);
        }
        double[] axis = {rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian()};
        double angle = StrictMath.toRadians(TURN_DEGREES * (2 * rng.nextDouble() - 1));
        double length = Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        double x = axis[0] / length;
        double y = axis[1] / length;
        double z = axis[2] / length;
        double v = 1 - c;
        return new Affine(
                Numbers.of(
                        c + v * x * x,
                        v * x * y - s * z,
                        v * x * z + s * y,
                        shift[0],
                        v * x * y + s * z,
                        c + v * y * y,
                        v * y * z - s * x,
                        shift[1],
                        v * x * z - s * y,
                        v * y * z + s * x,
                        c + v * z * z,
                        shift[2]));
    }

    /**
     * Cuts the moving image of a displaced pair to a 60 % overlap, at a side drawn from the seed.
     */
    static RegistrationPair cropped(RegistrationPair pair, long seed) {
        Rng rng = new Rng(Rng.seed(seed, "crop"));
        return pair.cropped(0.6, rng.nextInt(3), rng.nextInt(2) == 1);
    }

    /** Returns inputs that cannot be registered, by what is wrong with them. */
    static Map<String, RegistrationPair> degenerate(double mm) {
        Geometry g = RegistrationPair.grid(mm);
        RegistrationPair ok = head(new String[] {"t1", "t2"}, g, g, Motion.of(RIGID));
        Map<String, RegistrationPair> all = new LinkedHashMap<>();
        float[] constant = new float[g.voxels()];
        float[] nothing = new float[g.voxels()];
        float[] half = ok.fixed().values().clone();
        float[] infinite = ok.moving().values().clone();
        float[] noise = new float[g.voxels()];
        Rng rng = new Rng(1);
        for (int v = 0; v < noise.length; v++) {
            noise[v] = (float) rng.nextGaussian();
            nothing[v] = Float.NaN;
            half[v] = v < half.length / 2 ? Float.NaN : half[v];
            infinite[v] = v % 1000 == 0 ? Float.POSITIVE_INFINITY : infinite[v];
        }
        Volume f = ok.fixed();
        Volume m = ok.moving();
        boolean[] none = new boolean[g.voxels()];
        boolean[] corner = new boolean[g.voxels()];
        boolean[] few = new boolean[g.voxels()];
        corner[0] = true;
        for (int i = 0; i < 3; i++) {
            few[g.index(g.ni() / 2 + i, g.nj() / 2, g.nk() / 2)] = true;
        }
        Geometry flat = slice(new String[] {"t1", "t2"}, mm, Model.RIGID).fixed().geometry();
        Volume one = Volume.of(flat, new float[flat.voxels()], f.quantity());
        all.put("sound", ok);
        all.put("fixed constant", with(ok, f.withValues(constant), m, ok.mask()));
        all.put("moving constant", with(ok, f, m.withValues(constant), ok.mask()));
        all.put("fixed NaN", with(ok, f.withValues(nothing), m, ok.mask()));
        all.put("moving NaN", with(ok, f, m.withValues(nothing), ok.mask()));
        all.put("half of fixed NaN", with(ok, f.withValues(half), m, ok.mask()));
        all.put("infinite values in moving", with(ok, f, m.withValues(infinite), ok.mask()));
        all.put("moving only noise", with(ok, f, m.withValues(noise), ok.mask()));
        all.put("mask empty", with(ok, f, m, Mask.of(g, none)));
        all.put("mask of one voxel of air", with(ok, f, m, Mask.of(g, corner)));
        all.put("mask of three voxels", with(ok, f, m, Mask.of(g, few)));
        all.put("moving one slice, constant", with(ok, f, one, ok.mask()));
        Volume shown = slice(new String[] {"t1", "t2"}, mm, Model.RIGID).moving();
        all.put("moving one slice", with(ok, f, shown, ok.mask()));
        Geometry point = Geometry.of(1, 1, 1, 1, 1, 1);
        Volume voxel = Volume.of(point, new float[] {1}, f.quantity());
        all.put("moving one voxel", with(ok, f, voxel, ok.mask()));
        all.put("headers 10 m apart", ok.displaced(Affine.shift(10_000, 0, 0)));
        String[] t = {"t1", "t2"};
        all.put("parts apart", head(t, third(g, 2), third(g, 0), Motion.of(RIGID)));
        return all;
    }

    /** Returns a third of a grid along z, of 0, 1 and 2. */
    private static Geometry third(Geometry g, int which) {
        int slices = g.nk() / 3;
        return new Geometry(
                g.ni(),
                g.nj(),
                slices,
                g.spacingMm(),
                g.toWorld(0, 0, which * slices),
                g.direction());
    }

    private static RegistrationPair with(RegistrationPair of, Volume f, Volume m, Mask mask) {
        return new RegistrationPair(f, m, of.truth(), of.points(), mask);
    }

    /** Turns by degrees about x, then y, then z. */
    private static Affine turned(double x, double y, double z) {
        double[] d = {x, y, z};
        Affine all = Affine.IDENTITY;
        for (int a = 0; a < 3; a++) {
            double c = StrictMath.cos(StrictMath.toRadians(d[a]));
            double s = StrictMath.sin(StrictMath.toRadians(d[a]));
            double[] m = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
            int p = (a + 1) % 3;
            int q = (a + 2) % 3;
            m[4 * p + p] = c;
            m[4 * p + q] = -s;
            m[4 * q + p] = s;
            m[4 * q + q] = c;
            all = all.then(new Affine(Numbers.of(m)));
        }
        return all;
    }
}
