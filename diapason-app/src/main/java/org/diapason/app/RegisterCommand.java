package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diapason.app.report.CertificateJson;
import org.diapason.app.report.Lengths;
import org.diapason.app.report.RegistrationPage;
import org.diapason.catalogue.Settings;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.Masks;
import org.diapason.io.transform.Transforms;
import org.diapason.math.Interpolation;
import org.diapason.registration.Deformation;
import org.diapason.registration.Registered;
import org.diapason.registration.Registration;
import org.diapason.registration.Status;
import org.diapason.registration.Warp;
import org.diapason.step.Spelling;
import org.diapason.volume.Affine;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason register}: where the places of one image lie in another. */
@Command(
        name = "register",
        description =
                "Find where the places of one image lie in another, whatever their contrasts, and"
                        + " say how far that can be trusted. Exit 1 where it cannot.",
        footer = {
            "",
            "Example: diapason register mr/ pet/ --transform rigid --out pet-to-mr.json"
                    + " --warped pet-on-mr.nii.gz",
            "T holds where the places of FIXED lie in MOVING, in mm. It is written, for a look,"
                    + " also where the verdict is fail. docs/concepts/registration.md says what the"
                    + " figures mean."
        })
final class RegisterCommand implements Callable<Integer> {
    private static final int LABEL = 17;

    @Parameters(index = "0", paramLabel = "FIXED", description = "The image that stays.")
    Path fixedFile;

    @Parameters(index = "1", paramLabel = "MOVING", description = "The image that is moved.")
    Path movingFile;

    @Option(
            names = "--transform",
            required = true,
            paramLabel = "M",
            description =
                    "How it may move: translation, rigid (one body at two times, or two scanners),"
                            + " similarity, affine (two bodies), or diffeo (affine, then every"
                            + " place by a shift of its own).")
    String model;

    @Option(names = "--out", required = true, paramLabel = "T", description = "The transform.")
    Path out;

    @Option(
            names = "--warped",
            paramLabel = "W",
            description = "Write the moving image on the grid of the fixed one, once interpolated.")
    Path warped;

    @Option(
            names = "--certificate",
            paramLabel = "C",
            description = "Write all that is known of how good it is, as JSON.")
    Path certificate;

    @Option(names = "--report", paramLabel = "HTML", description = "Write a page with pictures.")
    Path report;

    @Option(
            names = "--fixed-mask",
            paramLabel = "M",
            description = "A mask on the grid of FIXED: what is to fit.")
    Path fixedMask;

    @Option(
            names = "--start",
            paramLabel = "T",
            description =
                    "A linear transform that is nearly right, or identity where the headers are;"
                            + " nothing else is tried then. Default: the headers, and many poses"
                            + " about them.")
    Path start;

    @Option(
            names = "--metric",
            paramLabel = "S",
            description =
                    "What is compared: mutual-information (any two contrasts), ssd, squared"
                            + " differences (one contrast in one unit), or lncc, local correlation"
                            + " (diffeo of one contrast). Default: mutual-information.")
    String metric = Settings.word(Registration.Metric.MUTUAL_INFORMATION);

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Draws the voxels that are compared. Default: 1.")
    long seed = 1;

    @Option(
            names = "--no-probe",
            description =
                    "Leave out the way back, the starts nearby and the expected error: half the"
                            + " time, and a certificate that proves little.")
    boolean noProbe;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Registration.Model how = named(Registration.Model.class, "--transform", model);
        Registration usual = Registration.of(how);
        Registration registration =
                new Registration(
                        how,
                        usual.bins(),
                        usual.samples(),
                        seed,
                        named(Registration.Metric.class, "--metric", metric),
                        !noProbe);
        requireWritable();
        Optional<Affine> from = Optional.ofNullable(start).map(RegisterCommand::start);
        Image fixed = Images.read(fixedFile);
        Image moving = Images.read(movingFile);
        Geometry grid = fixed.volume().geometry();
        Optional<Mask> mask =
                Optional.ofNullable(fixedMask)
                        .map(file -> Masks.read(file, grid, Optional.of(fixedFile)));
        requireHolds(how, grid);
        Registered found;
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            found = registration.find(fixed.volume(), moving.volume(), mask, from, progress);
        }
        if (found.transform().isPresent()) {
            Transform t = found.transform().get();
            Transform form = Transforms.isField(out) ? Deformation.on(grid, t).field() : t;
            Transforms.write(out, form, Optional.of(grid));
            if (warped != null) {
                Images.write(warped, onFixed(fixed, moving, found.transform().get()));
            }
        }
        Map<String, Object> fields = CertificateJson.fields(found);
        if (certificate != null) {
            Summary.write(certificate.toString(), fields);
        }
        if (report != null) {
            page(fixed, moving, found);
        }
        if (json.write(fields)) {
            System.out.print(text(found, grid, Lengths.of(fixed, moving)));
        }
        return found.certificate().status() == Status.FAIL
                ? CommandLines.NOT_ALL
                : CommandLines.DONE;
    }

    private static <E extends Enum<E>> E named(Class<E> kind, String option, String word) {
        for (E known : kind.getEnumConstants()) {
            if (Settings.word(known).equals(word.toLowerCase(Locale.ROOT))) {
                return known;
            }
        }
        List<String> all = Arrays.stream(kind.getEnumConstants()).map(Settings::word).toList();
        throw new IllegalArgumentException(option + " " + word + ": " + Spelling.hint(word, all));
    }

    /** Finds out before the search what could not be written after it. */
    private void requireWritable() {
        Path fields = json.path();
        Outputs.besides(fixedFile, movingFile, fixedMask, start)
                .and("--out", out)
                .and("--warped", warped)
                .and("--certificate", certificate)
                .and("--report", report)
                .and("--json", fields);
        Transforms.requireForm(out);
        if (warped != null && ImageFormat.toWrite(warped) == ImageFormat.PNG) {
            throw new IllegalArgumentException(
                    InputFile.name(warped)
                            + ": PNG holds whole numbers, and what is interpolated is none. Write"
                            + " .tif, .nii.gz, .nrrd or .mha.");
        }
        for (Path file : Arrays.asList(out, warped, certificate, report, fields)) {
            Path folder = file == null ? null : file.toAbsolutePath().getParent();
            while (folder != null && !Files.exists(folder)) {
                folder = folder.getParent(); // it will be made
            }
            if (folder != null && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
                throw new IllegalArgumentException(
                        InputFile.name(file)
                                + ": nothing can be written under "
                                + folder
                                + ". Name another place.");
            }
        }
    }

    /** A deformation is a field on the fixed grid and more, which not every form holds. */
    private void requireHolds(Registration.Model how, Geometry grid) {
        if (how == Registration.Model.DIFFEO) {
            float[] none = new float[grid.voxels()];
            Transform kind = DisplacementField.of(grid, none, none, none);
            Transforms.requireHolds(out, kind.then(Affine.shift(1, 0, 0)));
        }
    }

    private static Affine start(Path file) {
        if (NamedTransform.isIdentity(file)) {
            return Affine.IDENTITY;
        }
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "--start "
                            + file
                            + ": there is no such file; "
                            + Spelling.nearest(file.toString(), List.of(NamedTransform.IDENTITY))
                                    .map(w -> "did you mean \"" + w + "\"?")
                                    .orElse("give a transform, or identity."));
        }
        if (Transforms.read(file) instanceof Affine affine) {
            return affine;
        }
        throw new IllegalArgumentException(
                "--start "
                        + InputFile.name(file)
                        + ": a search starts at a linear transform, and this one deforms. Give its"
                        + " linear part, or leave --start out.");
    }

    private static Image onFixed(Image fixed, Image moving, Transform found) {
        return moving.withVolume(
                Warp.image(moving.volume(), found, fixed.volume().geometry(), Interpolation.CUBIC));
    }

    private void page(Image fixed, Image moving, Registered found) {
        Volume before = onFixed(fixed, moving, Affine.IDENTITY).volume();
        Volume after =
                found.transform().map(t -> onFixed(fixed, moving, t).volume()).orElse(before);
        RegistrationPage.write(
                report,
                fixed.volume(),
                moving.volume(),
                before,
                after,
                found,
                new RegistrationPage.Names(
                        InputFile.name(fixedFile),
                        InputFile.name(movingFile),
                        Lengths.of(fixed, moving)));
    }

    private String text(Registered found, Geometry grid, Lengths lengths) {
        return new RegistrationText(found, grid, lengths).toString()
                + (found.transform().isPresent() ? line("transform", out.toString()) : "")
                + (found.transform().isPresent() && warped != null
                        ? line("warped", warped.toString())
                        : "");
    }

    static String line(String label, String value) {
        return Columns.left(label, LABEL) + value + "\n";
    }
}
