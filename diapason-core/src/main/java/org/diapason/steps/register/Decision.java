package org.diapason.steps.register;

import java.util.Locale;
import java.util.stream.Collectors;
import org.diapason.registration.Certificate;
import org.diapason.registration.Finding;
import org.diapason.registration.GridThrough;
import org.diapason.registration.LinearModel;
import org.diapason.registration.Registered;
import org.diapason.registration.Status;
import org.diapason.step.Trace;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;

/** Writes down what a registration found and decides whether the exam goes on with it. */
final class Decision {
    private Decision() {}

    /**
     * Returns the transform that was found.
     *
     * @param who begins every message
     * @param name begins every note
     * @param fixed grid of the image that stays
     * @throws RefusedException if the certificate fails, or warns where that is not wanted
     */
    static Transform take(
            Registered found,
            String who,
            String name,
            Geometry fixed,
            Register.OnWarn onWarn,
            Trace trace) {
        Certificate certificate = found.certificate();
        note(found, name, fixed, trace);
        boolean stops =
                certificate.status() == Status.FAIL
                        || found.transform().isEmpty()
                        || certificate.status() == Status.WARN && onWarn == Register.OnWarn.REFUSE;
        if (stops) {
            String reason =
                    certificate.findings().stream()
                            .map(Finding::sentence)
                            .findFirst()
                            .orElse("no transform was found. Look at both images.");
            trace.note(name + ".refused", reason);
            throw new RefusedException(who + ": " + reason);
        }
        for (Finding finding : certificate.findings()) {
            trace.warn(who + ": " + finding.sentence());
        }
        return found.transform().get();
    }

    private static void note(Registered found, String name, Geometry fixed, Trace trace) {
        Certificate certificate = found.certificate();
        trace.note(name + ".status", certificate.status().name().toLowerCase(Locale.ROOT));
        if (!certificate.findings().isEmpty()) {
            trace.note(
                    name + ".finding",
                    certificate.findings().stream()
                            .map(f -> f.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .collect(Collectors.joining(", ")));
        }
        found.transform().ifPresent(t -> note(t, name, fixed, trace));
        trace.note(name + ".overlapPercent", 100 * certificate.overlap());
        certificate
                .targetError()
                .ifPresent(
                        e -> {
                            trace.note(name + ".predictedErrorMm", e.mean());
                            trace.note(name + ".predictedErrorP95Mm", e.p95());
                        });
        certificate.inverse().ifPresent(e -> trace.note(name + ".inverseErrorMm", e.mean()));
    }

    private static void note(Transform found, String name, Geometry fixed, Trace trace) {
        Affine linear = GridThrough.linear(found);
        double[] centre =
                fixed.toWorld(
                                (fixed.ni() - 1) / 2.0,
                                (fixed.nj() - 1) / 2.0,
                                (fixed.nk() - 1) / 2.0)
                        .toArray();
        double[] p = LinearModel.RIGID.parametersOf(linear, centre);
        trace.note(name + ".matrix", linear.matrix());
        trace.note(name + ".rotationDegrees", StrictMath.toDegrees(length(p[3], p[4], p[5])));
        trace.note(name + ".shiftMm", length(p[0], p[1], p[2]));
        trace.note(name + ".volumeRatio", linear.determinant());
    }

    private static double length(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }
}
