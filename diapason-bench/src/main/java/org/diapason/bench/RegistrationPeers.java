package org.diapason.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.bench.RegistrationStudy.Row;
import org.diapason.io.Images;
import org.diapason.phantom.Motion;
import org.diapason.phantom.RegistrationPair;
import org.diapason.registration.Registration.Model;
import org.diapason.volume.Affine;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The pairs that other programs were measured on: {@code reg_fixed.nii.gz}, {@code
 * reg_moving_NAME.nii.gz}, {@code reg_truth.json} (center, A and t of each name: q = A (p − c) + c
 * + t), {@code reg_points.csv} and {@code reg_bspline_u.npy} (shifts, 3 × z × y × x); all in mm of
 * NIfTI's axes, x to the right and y to the front.
 */
final class RegistrationPeers {
    private RegistrationPeers() {}

    static List<Row> all(Path folder) throws IOException {
        List<Row> rows = new ArrayList<>();
        String[] names = {"rigid", "affine", "affine", "bspline", "bspline_t1"};
        Model[] models = {Model.RIGID, Model.AFFINE, Model.AFFINE, Model.DIFFEO, Model.DIFFEO};
        for (int n = 0; n < names.length; n++) {
            RegistrationPair pair = pair(folder, names[n]);
            boolean tight = n == 2;
            Optional<Mask> mask = tight ? Optional.of(pair.mask()) : Optional.empty();
            String name = models[n] + ", " + names[n] + (tight ? ", mask of the head" : "");
            RegistrationStudy.say(rows, RegistrationStudy.run(name, models[n], pair, mask));
        }
        return rows;
    }

    static RegistrationPair pair(Path folder, String name) throws IOException {
        Volume fixed = Images.read(folder.resolve("reg_fixed.nii.gz")).volume();
        Volume moving = Images.read(folder.resolve("reg_moving_" + name + ".nii.gz")).volume();
        List<Numbers> points = new ArrayList<>();
        List<String> lines = Files.readAllLines(folder.resolve("reg_points.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] p = line.split(",");
            points.add(
                    Numbers.of(
                            -Double.parseDouble(p[0]),
                            -Double.parseDouble(p[1]),
                            Double.parseDouble(p[2])));
        }
        Mask mask = Images.readMask(folder.resolve("reg_fixed_mask.nii.gz"));
        Motion truth =
                name.startsWith("bspline")
                        ? shifts(folder.resolve("reg_bspline_u.npy"), fixed.geometry())
                        : linear(folder.resolve("reg_truth.json"), name);
        return new RegistrationPair(fixed, moving, truth, points, mask);
    }

    private static Motion linear(Path file, String name) throws IOException {
        JsonNode truth = new ObjectMapper().readTree(file.toFile());
        double[] flip = {-1, -1, 1};
        double[] m = new double[12];
        for (int r = 0; r < 3; r++) {
            double c = truth.get("center").get(r).asDouble();
            double t = truth.get(name).get("t").get(r).asDouble() + c;
            for (int k = 0; k < 3; k++) {
                double a = truth.get(name).get("A").get(r).get(k).asDouble();
                m[4 * r + k] = flip[r] * flip[k] * a;
                t -= a * truth.get("center").get(k).asDouble();
            }
            m[4 * r + 3] = flip[r] * t;
        }
        return Motion.of(new Affine(Numbers.of(m)));
    }

    private static Motion shifts(Path file, Geometry g) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(10 + bytes.getShort(8));
        float[][] u = new float[3][g.voxels()];
        boolean[] back = new boolean[3];
        for (int a = 0; a < 3; a++) {
            // The grid that was read may count its voxels the other way round.
            back[a] = g.direction().get(4 * a) * (a < 2 ? -1 : 1) < 0;
        }
        for (int a = 0; a < 3; a++) {
            for (int v = 0; v < u[a].length; v++) {
                int row = v / g.ni();
                int i = v % g.ni();
                int j = row % g.nj();
                int k = row / g.nj();
                int at =
                        g.index(
                                back[0] ? g.ni() - 1 - i : i,
                                back[1] ? g.nj() - 1 - j : j,
                                back[2] ? g.nk() - 1 - k : k);
                u[a][at] = (a < 2 ? -1 : 1) * bytes.getFloat();
            }
        }
        DisplacementField field = DisplacementField.of(g, u[0], u[1], u[2]);
        return Motion.of(field, field.inverse());
    }
}
