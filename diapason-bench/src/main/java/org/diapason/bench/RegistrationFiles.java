package org.diapason.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.diapason.bench.RegistrationStudy.Row;
import org.diapason.io.Images;
import org.diapason.math.Rng;
import org.diapason.phantom.Motion;
import org.diapason.phantom.RegistrationPair;
import org.diapason.phantom.SmoothWarp;
import org.diapason.registration.Registration;
import org.diapason.registration.Registration.Model;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/** Images of patients for {@link RegistrationStudy}; their truth is only nearly known. */
final class RegistrationFiles {
    private static final int PATIENTS = 10;

    private static final String MNI = "mni_icbm152_t1_tal_nlin_sym_09a_converted.nii.gz";

    /** Places that errors are measured at, at most. */
    private static final int POINTS = 500;

    private RegistrationFiles() {}

    /** Registers all that there is in the folder of public data. */
    static void real(Path folder) throws IOException {
        List<Row> legs = sarcomas(folder.resolve("cohort_sts"), PATIENTS, List.of("PET", "MR_T1"));
        System.out.println(new RegistrationTable().patients(legs));
        diffusion(folder.resolve("dicom/adc_t2_pair"));
        flat(folder.resolve("registration"), List.of("r30", "r64", "r85"));
        List<Row> rows = new ArrayList<>();
        for (Model m : List.of(Model.RIGID, Model.AFFINE, Model.DIFFEO)) {
            RegistrationPair pair = template(mni(folder), m, 1);
            RegistrationStudy.say(rows, RegistrationStudy.run(m + ", MNI T1", m, pair, none()));
        }
        System.out.println(new RegistrationTable().of(rows, ""));
    }

    /** Returns the file of the template. */
    static Path mni(Path folder) {
        return folder.resolve("templates/mni").resolve(MNI);
    }

    /**
     * CT to PET and CT to MR of one visit: nothing but breath and table should have moved. Then the
     * header of the moving image is displaced by a known motion, which is to be found again.
     */
    static List<Row> sarcomas(Path folder, int patients, List<String> others) throws IOException {
        List<Path> all;
        try (Stream<Path> inside = Files.list(folder)) {
            all =
                    inside.filter(p -> Files.exists(p.resolve("CT_image.nii.gz")))
                            .sorted()
                            .limit(patients)
                            .toList();
        }
        List<Row> rows = new ArrayList<>();
        for (Path patient : all) {
            for (String to : others) {
                rows.addAll(sarcoma(patient, to));
            }
        }
        return rows;
    }

    private static List<Row> sarcoma(Path patient, String to) {
        Volume fixed = Images.read(patient.resolve("CT_image.nii.gz")).volume();
        Volume moving = Images.read(patient.resolve(to + "_image.nii.gz")).volume();
        Mask tumour = Images.readMask(patient.resolve("CT_mask.nii.gz"));
        Mask other = Images.readMask(patient.resolve(to + "_mask.nii.gz"));
        RegistrationPair still = pair(fixed, moving, Motion.NONE, tumour);
        String name = patient.getFileName() + ", CT to " + to;
        List<Row> rows = new ArrayList<>();
        for (boolean displaced : new boolean[] {false, true}) {
            Affine by = displaced ? perturbation(fixed.geometry()) : Affine.IDENTITY;
            RegistrationPair pair = displaced ? still.displaced(by) : still;
            Row row =
                    RegistrationStudy.run(
                            name + (displaced ? ", displaced" : ", as it is"),
                            Model.RIGID,
                            pair,
                            none());
            RegistrationStudy.say(rows, row);
            Mask there = other.onGrid(pair.moving().geometry());
            System.out.println(
                    "  Dice of the tumour where nothing is registered "
                            + Numbers.fixed(dice(tumour, there, Affine.IDENTITY), 3)
                            + ", with the truth "
                            + Numbers.fixed(dice(tumour, there, by), 3)
                            + ", registered "
                            + row.found()
                                    .map(t -> Numbers.fixed(dice(tumour, there, t), 3))
                                    .orElse("none"));
        }
        return rows;
    }

    /** Returns a turn of 8 degrees about the middle of a grid and a shift of 23 mm. */
    private static Affine perturbation(Geometry g) {
        Numbers c = g.toWorld(g.ni() / 2.0, g.nj() / 2.0, g.nk() / 2.0);
        return Affine.shift(-c.get(0), -c.get(1), -c.get(2))
                .then(RegistrationScenes.RIGID)
                .then(Affine.shift(c.get(0) + 12, c.get(1) - 9, c.get(2) + 6));
    }

    /** Returns the overlap of a mask with another one, read where a transform leads. */
    static double dice(Mask fixed, Mask moving, Transform transform) {
        Geometry g = fixed.geometry();
        Geometry to = moving.geometry();
        int both = 0;
        int there = 0;
        for (int v = 0; v < g.voxels(); v++) {
            int row = v / g.ni();
            double[] p = g.toWorld(v % g.ni(), row % g.nj(), row / g.nj()).toArray();
            transform.apply(p);
            Numbers at = to.toVoxel(p[0], p[1], p[2]);
            int[] n = new int[3];
            boolean in = true;
            for (int a = 0; a < 3; a++) {
                n[a] = (int) Math.rint(at.get(a));
                in &= n[a] >= 0 && n[a] < to.size(a);
            }
            in = in && moving.voxels()[to.index(n[0], n[1], n[2])];
            there += in ? 1 : 0;
            both += in && fixed.voxels()[v] ? 1 : 0;
        }
        return 2.0 * both / (there + fixed.count());
    }

    /** T2 to ADC of one visit, as it is and displaced. */
    static List<Row> diffusion(Path folder) {
        Volume t2 = Images.read(folder.resolve("t2_image")).volume();
        Volume adc = Images.read(folder.resolve("adc_image")).volume();
        RegistrationPair still = pair(t2, adc, Motion.NONE, bright(t2));
        List<Row> rows = new ArrayList<>();
        RegistrationPair away = still.displaced(perturbation(t2.geometry()));
        for (RegistrationPair p : List.of(still, away)) {
            String name = "T2 to ADC, " + (p == still ? "as it is" : "displaced");
            RegistrationStudy.say(rows, RegistrationStudy.run(name, Model.RIGID, p, none()));
        }
        return rows;
    }

    /**
     * Slices of two brains, and of one head before and after it moved. Nothing is the truth.
     *
     * @param others the slices of other brains
     */
    static List<Row> flat(Path folder, List<String> others) {
        Path brains = folder.resolve("antspy");
        Path heads = folder.resolve("itkelastix");
        List<Row> rows = new ArrayList<>();
        TreeMap<String, List<Path>> pairs = new TreeMap<>();
        for (String to : others) {
            Path slice = brains.resolve(to + "slice.jpg");
            pairs.put("r16 to " + to, List.of(brains.resolve("r16slice.jpg"), slice));
        }
        Path fixed = heads.resolve("CT_2D_head_fixed.mha");
        pairs.put("CT head", List.of(fixed, heads.resolve("CT_2D_head_moving.mha")));
        pairs.forEach(
                (name, files) -> {
                    Volume f = Images.read(files.get(0)).volume();
                    Volume m = Images.read(files.get(1)).volume();
                    rows.add(again(name, f, m));
                });
        return rows;
    }

    /** Registers two slices as they are; then a displaced one must end at the same place. */
    private static Row again(String name, Volume f, Volume m) {
        Registration affine = Registration.of(Model.AFFINE);
        Transform first = affine.find(f, m, none(), Progress.NONE).transform().orElseThrow();
        Affine turn = (Affine) first;
        Affine by = Affine.shift(-128, -128, 0).then(flatTurn()).then(Affine.shift(140, 120, 0));
        RegistrationPair still = pair(f, m, Motion.of(turn), bright(f));
        Row row =
                RegistrationStudy.run(
                        name + ", displaced against as it is",
                        Model.AFFINE,
                        still.displaced(by),
                        none());
        System.out.println(row + ", determinant " + Numbers.fixed(turn.determinant(), 3));
        return row;
    }

    private static Affine flatTurn() {
        double c = StrictMath.cos(StrictMath.toRadians(15));
        double s = StrictMath.sin(StrictMath.toRadians(15));
        return new Affine(Numbers.of(c, -s, 0, 0, s, c, 0, 0, 0, 0, 1, 0));
    }

    /**
     * Returns a T1 image and what it becomes in another contrast under a known motion: bright turns
     * dark above a tenth of its range. The second image is interpolated linearly, once.
     *
     * @param every voxels to take along each axis
     */
    static RegistrationPair template(Path t1, Model model, int every) {
        Volume fixed = thinned(Images.read(t1).volume(), every);
        Affine linear = model == Model.RIGID ? RegistrationScenes.RIGID : RegistrationScenes.AFFINE;
        Motion motion =
                model == Model.DIFFEO
                        ? new SmoothWarp(
                                        RegistrationScenes.WARP_MM,
                                        RegistrationScenes.WARP_LENGTH_MM,
                                        2)
                                .then(linear)
                        : Motion.of(linear);
        float most = 0;
        for (float v : fixed.values()) {
            most = Math.max(most, v);
        }
        Geometry g = fixed.geometry();
        float[] seen = new float[g.voxels()];
        Rng rng = new Rng(5);
        for (int v = 0; v < seen.length; v++) {
            int row = v / g.ni();
            double[] p = g.toWorld(v % g.ni(), row % g.nj(), row / g.nj()).toArray();
            motion.back(p);
            double value = linear(fixed, g.toVoxel(p[0], p[1], p[2]));
            double other = value < 0.1 * most ? 0 : 1.1 * most - value;
            seen[v] = (float) (other + 0.02 * most * rng.nextGaussian());
        }
        return pair(fixed, fixed.withValues(seen), motion, bright(fixed));
    }

    private static double linear(Volume of, Numbers at) {
        Geometry g = of.geometry();
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            int[] n = new int[3];
            double weight = 1;
            for (int a = 0; a < 3; a++) {
                int low = (int) Math.floor(at.get(a));
                int side = corner >> a & 1;
                double t = at.get(a) - low;
                n[a] = low + side;
                weight *= side == 1 ? t : 1 - t;
                weight = n[a] < 0 || n[a] >= g.size(a) ? 0 : weight;
            }
            sum += weight == 0 ? 0 : weight * of.at(n[0], n[1], n[2]);
        }
        return sum;
    }

    private static Volume thinned(Volume whole, int every) {
        Geometry g = whole.geometry();
        int[] size = new int[3];
        double[] spacing = new double[3];
        for (int a = 0; a < 3; a++) {
            size[a] = (g.size(a) + every - 1) / every;
            spacing[a] = g.spacing(a) * every;
        }
        Geometry to =
                new Geometry(
                        size[0],
                        size[1],
                        size[2],
                        Numbers.of(spacing),
                        g.originMm(),
                        g.direction());
        float[] values = new float[to.voxels()];
        for (int v = 0; v < values.length; v++) {
            int row = v / to.ni();
            values[v] = whole.at(v % to.ni() * every, row % to.nj() * every, row / to.nj() * every);
        }
        return whole.onGrid(to, values);
    }

    /** Returns what is brighter than a fifth of the largest value. */
    private static Mask bright(Volume of) {
        float most = 0;
        for (float v : of.values()) {
            most = Math.max(most, v);
        }
        boolean[] voxels = new boolean[of.values().length];
        for (int v = 0; v < voxels.length; v++) {
            voxels[v] = of.values()[v] > 0.2 * most;
        }
        return Mask.of(of.geometry(), voxels);
    }

    /** Returns a pair whose errors are measured at places drawn from a mask. */
    private static RegistrationPair pair(Volume fixed, Volume moving, Motion truth, Mask where) {
        Geometry g = where.geometry();
        if (where.count() == 0) {
            throw new IllegalArgumentException("the mask of the places to measure at is empty");
        }
        Rng rng = new Rng(1);
        List<Numbers> points = new ArrayList<>();
        while (points.size() < POINTS) {
            int v = rng.nextInt(g.voxels());
            if (where.voxels()[v]) {
                int row = v / g.ni();
                points.add(g.toWorld(v % g.ni(), row % g.nj(), row / g.nj()));
            }
        }
        return new RegistrationPair(fixed, moving, truth, points, where);
    }

    private static Optional<Mask> none() {
        return Optional.empty();
    }
}
