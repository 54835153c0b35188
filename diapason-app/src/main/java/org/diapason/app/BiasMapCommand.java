package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.diapason.app.report.CertificateJson;
import org.diapason.fusion.BiasMap;
import org.diapason.fusion.Misregistration;
import org.diapason.fusion.Weighted;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.Masks;
import org.diapason.math.Interpolation;
import org.diapason.registration.Certificate;
import org.diapason.registration.Status;
import org.diapason.registration.Warp;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason bias-map}: what a misregistration does to the weighted average of two images. */
@Command(
        name = "bias-map",
        description =
                "Say voxel by voxel by how much a weighted average of two registered images is wrong"
                        + " where the registration is off, and from which weight on that does not"
                        + " matter.",
        footer = {
            "",
            "Beside OUT stand the standard deviation (.sd), the safe weight (.safe-alpha) and the"
                    + " voxels of edge risk (.edge-risk).",
            "Example: diapason bias-map ct.nii.gz pet.nii.gz ct-pet.tfm --alpha 0.5 bias.nii.gz"
                    + " --certificate ct-pet.json",
            "         diapason bias-map t1.nii.gz t2.nii.gz t1-t2.tfm --alpha 0.3 bias.nii.gz"
                    + " --shift-mm 1 --noise 12",
            "docs/concepts/bias-map.md has the formulas."
        })
final class BiasMapCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FIXED", description = "The image whose grid is kept.")
    Path fixed;

    @Parameters(
            index = "1",
            paramLabel = "MOVING",
            description = "The image that is brought there.")
    Path moving;

    @Parameters(
            index = "2",
            paramLabel = "T",
            description = "The transform, fixed to moving; identity where the files say it all.")
    Path transform;

    @Parameters(
            index = "3",
            paramLabel = "OUT",
            description = "The bias, in the unit of the images: .nii.gz .nii .nrrd .mha .mhd.")
    Path out;

    @Option(
            names = "--alpha",
            required = true,
            paramLabel = "A",
            description = "Weight of FIXED in A fixed + (1 - A) moving, 0 to 1.")
    double alpha;

    @ArgGroup(multiplicity = "1")
    Off off;

    /** How far the registration is off: one of these. */
    static final class Off {
        @Option(
                names = "--shift-mm",
                paramLabel = "S",
                description = "Places may be off by so many mm on average, in any direction.")
        Double shiftMm;

        @Option(
                names = "--certificate",
                paramLabel = "C",
                description =
                        "As far as the registration's own certificate predicts, by place and"
                                + " direction.")
        Path certificate;

        @Option(
                names = "--instead",
                paramLabel = "T2",
                description = "The other transform is the right one: the shift is known.")
        Path instead;
    }

    @Option(
            names = "--noise",
            paramLabel = "N",
            description =
                    "Standard deviation of the noise of the fused image. Default: estimated, and"
                            + " printed.")
    Double noise;

    @Option(
            names = "--noise-times",
            paramLabel = "K",
            description =
                    "A voxel is at risk where bias or standard deviation is above K times the noise."
                            + " Default: 1.")
    double noiseTimes = 1;

    @Option(
            names = "--tolerance",
            paramLabel = "TAU",
            description =
                    "Bias that does not matter, in the unit of the images. Default: the limit of"
                            + " edge risk.")
    Double tolerance;

    @Option(
            names = "--smooth-mm",
            paramLabel = "W",
            description =
                    "Blur MOVING by this full width at half maximum before its slopes are taken, so"
                            + " that its noise does not count as edges. Default: 0.")
    double smoothMm;

    @Option(
            names = "--mask",
            paramLabel = "M",
            description = "Count only these voxels; the maps go on beyond.")
    Path mask;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Weighted rule = Weighted.of(alpha);
        requirePlaced();
        Outputs outputs =
                Outputs.besides(fixed, moving, transform, off.certificate, off.instead, mask);
        for (String part : List.of("", ".sd", ".safe-alpha", ".edge-risk")) {
            outputs.and("OUT", Outputs.named(out, part));
        }
        outputs.and("--json", json.path());
        Volume a = InUnits.oneScale(fixed);
        Transform t = NamedTransform.read(transform);
        Volume b = Warp.image(InUnits.oneScale(moving), t, a.geometry(), Interpolation.CUBIC);
        Shift shift = shift(t, a.geometry());
        BiasMap map = BiasMap.of(rule, List.of(a, b), 1, shift.is(), settings(a));
        List<String> written = write(map).stream().map(InputFile::name).toList();
        BiasMapText text = new BiasMapText(map, alpha, noiseTimes, written);
        if (json.write(text.fields(shift.meanMm(), shift.from(), smoothMm))) {
            System.out.print(
                    text.words(
                            InputFile.name(fixed),
                            InputFile.name(moving),
                            shift.words(),
                            Optional.ofNullable(mask).map(InputFile::name)));
        }
        return CommandLines.DONE;
    }

    private void requirePlaced() {
        if (!ImageFormat.of(out).map(ImageFormat::placed).orElse(false)) {
            throw new IllegalArgumentException(
                    "OUT "
                            + InputFile.name(out)
                            + ": maps are written as .nii.gz, .nii, .nrrd, .mha or .mhd.");
        }
    }

    private BiasMap.Settings settings(Volume a) {
        Optional<Mask> in =
                Optional.ofNullable(mask).map(m -> Masks.read(m, a.geometry(), Optional.of(fixed)));
        return new BiasMap.Settings(number(noise), noiseTimes, number(tolerance), smoothMm, in);
    }

    private static OptionalDouble number(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * How far places are off.
     *
     * @param meanMm on average; nothing where the right places are given
     * @param from what it is known from, a word for {@code --json}
     */
    private record Shift(Misregistration is, OptionalDouble meanMm, String from, String words) {}

    private Shift shift(Transform used, Geometry grid) {
        if (off.instead != null) {
            return new Shift(
                    Misregistration.between(used, NamedTransform.read(off.instead)),
                    OptionalDouble.empty(),
                    "instead",
                    "as from " + InputFile.name(transform) + " to " + InputFile.name(off.instead));
        }
        if (off.shiftMm != null) {
            return new Shift(
                    Misregistration.isotropic(off.shiftMm, grid),
                    OptionalDouble.of(off.shiftMm),
                    "shift-mm",
                    Numbers.plain(off.shiftMm) + " mm on average, in any direction");
        }
        String name = InputFile.name(off.certificate);
        Certificate certificate = trusted(off.certificate);
        double mean = Misregistration.predictedMm(certificate);
        boolean placed = certificate.errorCovariance().isPresent();
        return new Shift(
                Misregistration.predicted(certificate, grid),
                OptionalDouble.of(mean),
                placed ? "certificate-covariance" : "certificate-mean",
                Numbers.fixed(mean, 3)
                        + " mm on average, "
                        + (placed
                                ? "by place and direction, by " + name
                                : "in any direction, by "
                                        + name
                                        + ", which tells neither place nor direction (register"
                                        + " anew and it will)"));
    }

    /** Returns the certificate of a registration that did not fail. */
    static Certificate trusted(Path file) {
        Certificate certificate = CertificateJson.read(file);
        if (certificate.status() == Status.FAIL) {
            throw new RefusedException(
                    InputFile.name(file)
                            + ": this registration failed, so what it expects of itself is no"
                            + " measure of how far it is off. Register anew, or give a figure:"
                            + " --shift-mm.");
        }
        return certificate;
    }

    private List<Path> write(BiasMap map) {
        List<Path> written = new ArrayList<>();
        put(written, "", map.bias());
        put(written, ".sd", map.sd());
        map.safeAlpha().ifPresent(safe -> put(written, ".safe-alpha", safe));
        put(written, ".edge-risk", marked(map.edgeRisk()));
        return written;
    }

    /** Returns 1 in the mask and 0 elsewhere. */
    static Volume marked(Mask mask) {
        boolean[] in = mask.voxels();
        float[] marked = new float[in.length];
        for (int v = 0; v < in.length; v++) {
            marked[v] = in[v] ? 1 : 0;
        }
        return Volume.of(mask.geometry(), marked, Quantity.UNKNOWN);
    }

    private void put(List<Path> written, String part, Volume volume) {
        Path file = Outputs.named(out, part);
        Images.write(file, Image.of(volume));
        written.add(file);
    }
}
