package org.diapason.app;

import java.util.Locale;
import org.diapason.app.report.Lengths;
import org.diapason.registration.Certificate;
import org.diapason.registration.Finding;
import org.diapason.registration.GridThrough;
import org.diapason.registration.LinearModel;
import org.diapason.registration.Registered;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * A registration in words: the verdict first, then its figures.
 *
 * @param found what was found
 * @param fixed grid of the image that stays
 * @param lengths what both images count in
 */
record RegistrationText(Registered found, Geometry fixed, Lengths lengths) {

    @Override
    public String toString() {
        Certificate c = found.certificate();
        StringBuilder text = new StringBuilder();
        text.append(c.status().name().toLowerCase(Locale.ROOT)).append('\n');
        for (Finding finding : c.findings()) {
            text.append("  ").append(finding.sentence()).append('\n');
        }
        if (found.transform().isPresent()) {
            move(text, GridThrough.linear(found.transform().get()));
            text.append(line("overlap", Numbers.fixed(100 * c.overlap(), 1) + " %"));
        }
        c.targetError().ifPresent(e -> text.append(line("expected error", error(e))));
        c.inverse().ifPresent(e -> text.append(line("there and back", error(e))));
        c.folding()
                .ifPresent(
                        f ->
                                text.append(
                                        line(
                                                "folded",
                                                f.folded() + " of " + f.voxels() + " voxels")));
        return lengths.said(text.toString());
    }

    private void move(StringBuilder text, Affine linear) {
        double[] centre =
                fixed.toWorld(
                                (fixed.ni() - 1) / 2.0,
                                (fixed.nj() - 1) / 2.0,
                                (fixed.nk() - 1) / 2.0)
                        .toArray();
        double[] p = LinearModel.RIGID.parametersOf(linear, centre);
        text.append(line("rotation", Numbers.fixed(degrees(p[3], p[4], p[5]), 3) + "°"));
        text.append(
                line(
                        "shift",
                        Numbers.fixed(p[0], 3)
                                + ", "
                                + Numbers.fixed(p[1], 3)
                                + ", "
                                + Numbers.fixed(p[2], 3)
                                + " mm (x, y, z, LPS) of the centre of the fixed image"));
        text.append(line("volume ratio", Numbers.fixed(linear.determinant(), 4)));
    }

    private static double degrees(double x, double y, double z) {
        return StrictMath.toDegrees(Math.sqrt(x * x + y * y + z * z));
    }

    private static String error(Certificate.ErrorMm e) {
        if (Double.isNaN(e.mean())) {
            return "cannot be told: " + e.how();
        }
        return Numbers.fixed(e.mean(), 3)
                + " mm mean, "
                + Numbers.fixed(e.p95(), 3)
                + " mm at 95 %, "
                + Numbers.fixed(e.max(), 3)
                + " mm at most ("
                + e.how()
                + ")";
    }

    private static String line(String label, String value) {
        return RegisterCommand.line(label, value);
    }
}
