package org.diapason.app.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.registration.Certificate;
import org.diapason.registration.Finding;
import org.diapason.registration.Registered;
import org.diapason.registration.Status;
import org.diapason.volume.Affine;
import org.diapason.volume.Chain;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * Lays out a registration: the verdict of its certificate, pictures of before and after, the
 * figures, and the transform in words. One file, no network, no script.
 */
public final class RegistrationPage {
    /** Said beside every verdict that lets an image be used. */
    static final String CANNOT_TELL =
            "The certificate tells where things lie, not whose they are: two bodies of one outline"
                    + " can pass for one. That both images show the same patient is for you to know.";

    private final Html html = new Html();
    private final Registered registered;
    private final Certificate certificate;
    private final Lengths lengths;

    /**
     * What images and lengths are called on the page; nothing that names a patient.
     *
     * @param fixed the image that stayed
     * @param moving the image that was moved
     * @param lengths what both count in
     */
    public record Names(String fixed, String moving, Lengths lengths) {
        public Names(String fixed, String moving) {
            this(fixed, moving, Lengths.MM);
        }
    }

    private RegistrationPage(Registered registered, Lengths lengths) {
        this.registered = registered;
        this.lengths = lengths;
        certificate = registered.certificate();
    }

    /**
     * Writes the page.
     *
     * @param moving as it came
     * @param before the moving image on the fixed grid by the places in the files alone
     * @param after the moving image on the fixed grid through the transform; not looked at where
     *     none was found
     */
    public static void write(
            Path file,
            Volume fixed,
            Volume moving,
            Volume before,
            Volume after,
            Registered registered,
            Names names) {
        byte[] page =
                html(fixed, moving, before, after, registered, names)
                        .getBytes(StandardCharsets.UTF_8);
        try {
            WholeFile.write(file, out -> out.write(page));
        } catch (IOException e) {
            throw InputFile.unwritable(file, e);
        }
    }

    static String html(
            Volume fixed,
            Volume moving,
            Volume before,
            Volume after,
            Registered registered,
            Names names) {
        RegistrationPage page = new RegistrationPage(registered, names.lengths());
        page.start(fixed, moving, names);
        page.verdict();
        registered
                .transform()
                .ifPresent(
                        t -> {
                            page.open("pictures", "Before and after");
                            new RegistrationPictures(
                                            page.html, "", names.lengths(), fixed, before, after)
                                    .draw(t);
                            page.html.close("section");
                        });
        registered
                .transform()
                .ifPresent(
                        t -> {
                            page.figures();
                            page.transform(t, fixed.geometry());
                        });
        return page.end();
    }

    private void start(Volume fixed, Volume moving, Names names) {
        String title = "Registration of " + names.moving() + " on " + names.fixed();
        Frame.start(
                html,
                title,
                title,
                HtmlReport.resource("report.css") + HtmlReport.resource("registration.css"),
                "Fixed: " + words(fixed) + ".",
                "Moving: " + words(moving) + ".");
    }

    private String words(Volume v) {
        Geometry g = v.geometry();
        if (lengths == Lengths.PIXELS) {
            return "picture, " + g.ni() + " × " + g.nj() + " pixels whose size no file says";
        }
        String words = v.toString();
        String unknown = Quantity.UNKNOWN.label() + ", ";
        return words.startsWith(unknown) ? words.substring(unknown.length()) : words;
    }

    private String end() {
        return Frame.end(html);
    }

    private void open(String id, String title) {
        html.open("section", "id", id, "aria-labelledby", id + "-title");
        html.element("h2", title, "id", id + "-title");
    }

    private void verdict() {
        Status status = certificate.status();
        String style =
                switch (status) {
                    case PASS -> "better";
                    case WARN -> "unsure";
                    case FAIL -> "harm";
                };
        String sign = status == Status.PASS ? "✓" : status == Status.WARN ? "!" : "✕";
        html.open("section", "id", "verdict", "aria-label", "Verdict");
        html.open("p", "class", "badge " + style);
        html.element("span", sign, "class", "sign", "aria-hidden", "true");
        html.element("span", CertificateJson.word(status), "class", "word").close("p");
        html.open("div").element("p", meaning(status), "class", "meaning");
        if (status != Status.FAIL) {
            html.element("p", CANNOT_TELL, "class", "muted");
        }
        if (!certificate.findings().isEmpty()) {
            html.open("ul", "class", "reasons");
            for (Finding f : certificate.findings()) {
                html.open("li").element("b", CertificateJson.word(f.status())).text(": ");
                html.text(lengths.said(f.sentence())).close("li");
            }
            html.close("ul");
        }
        html.close("div").close("section");
    }

    private static String meaning(Status status) {
        return switch (status) {
            case PASS ->
                    "Nothing was found that speaks against this registration. A look at the pictures"
                            + " is still the best check there is.";
            case WARN -> "Usable, after a look at what the findings name.";
            case FAIL -> "Not to be used. The findings say why, and what to do.";
        };
    }

    private void figures() {
        open("figures", "Certificate");
        new CertificatePart(html, certificate, lengths).draw();
        html.close("section");
    }

    private void transform(Transform t, Geometry fixed) {
        open("transform", "Transform");
        String places = lengths == Lengths.PIXELS ? "in pixels" : "LPS mm";
        html.element(
                "p", "From places of the fixed image to places of the moving one, " + places + ".");
        List<Transform> parts = t instanceof Chain chain ? chain.parts() : List.of(t);
        for (Transform part : parts) {
            if (parts.size() > 1) {
                html.element("h3", part instanceof Affine ? "Linear part" : "Deformation");
            }
            if (part instanceof Affine affine) {
                html.open("dl", "class", "figures");
                for (String[] row : LinearParts.of(affine, fixed).rows()) {
                    CertificatePart.figure(html, row[0], lengths.said(row[1]));
                }
                html.close("dl");
                html.element("pre", LinearParts.matrix(affine), "class", "matrix");
            } else {
                shifts(part, fixed);
            }
        }
        html.close("section");
    }

    /** How far a deformation moves the voxels of the fixed image. */
    private void shifts(Transform t, Geometry fixed) {
        double sum = 0;
        double most = 0;
        long count = 0;
        int step = Math.max(1, (int) Math.cbrt(fixed.voxels() / 100_000.0));
        for (int k = 0; k < fixed.nk(); k += step) {
            for (int j = 0; j < fixed.nj(); j += step) {
                for (int i = 0; i < fixed.ni(); i += step) {
                    Numbers p = fixed.toWorld(i, j, k);
                    double[] q = p.toArray();
                    t.apply(q);
                    double square = 0;
                    for (int r = 0; r < 3; r++) {
                        square += (q[r] - p.get(r)) * (q[r] - p.get(r));
                    }
                    double length = Math.sqrt(square);
                    sum += length;
                    most = Math.max(most, length);
                    count++;
                }
            }
        }
        html.open("dl", "class", "figures");
        CertificatePart.figure(
                html,
                "shift, mean over the fixed image",
                Words.number(sum / count) + " " + lengths.unit());
        CertificatePart.figure(html, "shift, largest", Words.number(most) + " " + lengths.unit());
        if (t instanceof DisplacementField field) {
            Geometry g = field.geometry();
            CertificatePart.figure(
                    html,
                    "its grid",
                    g.ni()
                            + " × "
                            + g.nj()
                            + " × "
                            + g.nk()
                            + ", "
                            + g.spacingMm().fixed(2)
                            + " "
                            + lengths.unit());
        }
        html.close("dl");
    }
}
