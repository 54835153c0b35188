package org.diapason.app;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.Inspection;
import org.diapason.io.Text;
import org.diapason.io.dicom.Deidentifier;
import org.diapason.io.dicom.Derivation;
import org.diapason.io.dicom.DerivedSeries;
import org.diapason.step.Spelling;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason convert}: any image that can be read to any format that can be written. */
@Command(
        name = "convert",
        description =
                "Write an image in another format, its values in their physical unit. CT becomes HU"
                        + " and PET becomes SUV by body weight; where that cannot be, nothing is"
                        + " written.",
        footer = {
            "",
            "Formats out, by the name: .nii .nii.gz .nrrd .mha .mhd .tif (32-bit floats), .png"
                    + " (whole numbers of one slice); a folder becomes a DICOM series derived from"
                    + " IN.",
            "Example: diapason convert scan/pet pet.nii.gz --quantity suvbw"
        })
final class ConvertCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "A DICOM folder or file, NIfTI, NRRD, MetaImage, PNG, TIFF or JPEG.")
    Path in;

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "The file to write; a name without an ending is a DICOM folder.")
    Path out;

    @Option(
            names = "--quantity",
            paramLabel = "Q",
            description =
                    "What the values become: suvbw, suvlbm, suvlbm-james, suvlbm-janma, suvbsa,"
                            + " suvibw, hu, or raw (as stored, before slope and intercept). Default: HU for CT, SUV by body weight"
                            + " for PET, the scanner's scale for MR, and as they are in files that"
                            + " do not say.")
    String quantity = "auto";

    @Option(
            names = "--frame",
            paramLabel = "N",
            description = "Take one frame, component or colour, counted from 1. Default: all.")
    Integer frame;

    @Option(
            names = "--like",
            paramLabel = "DIR",
            description =
                    "For a DICOM folder out: the DICOM series that IN was made from, whose patient"
                            + " and study the new series belongs to. Default: IN.")
    Path like;

    @Option(
            names = "--deidentify",
            description =
                    "Leave out of a DICOM folder what identifies the patient, as the command"
                            + " deidentify does. Other formats hold nothing of a patient anyway;"
                            + " there only the pixels are asked whether they may show a name.")
    boolean deidentify;

    @Mixin KeyOptions keyOptions = new KeyOptions();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Optional<Units> units = units();
        if (Files.exists(out) && Files.exists(in) && Files.isSameFile(in, out)) {
            throw new IllegalArgumentException("OUT is IN itself. Name another file.");
        }
        if (InputFile.name(in).matches("(?i).*\\.(tfm|mat)|TransformParameters.*\\.txt")) {
            throw new IllegalArgumentException(
                    InputFile.name(in)
                            + " is a transform, no image. Take: diapason transform-convert IN OUT");
        }
        if (keyOptions.keyFile != null && !deidentify) {
            throw new IllegalArgumentException(
                    "--key-file is the key of --deidentify, which is missing.");
        }
        Optional<Deidentifier> deidentifier =
                deidentify ? Optional.of(keyOptions.deidentifier()) : Optional.empty();
        Trace trace = new Trace("convert", 1);
        Image image = inUnits(units, taken(Images.read(in)), trace);
        write(image, deidentifier);
        trace.warnings().forEach(w -> System.err.println("warning: " + w));
        System.out.println(line(image.volume()));
        return CommandLines.DONE;
    }

    private Optional<Units> units() {
        List<String> known = new ArrayList<>(List.of("raw"));
        for (Units.Target target : Units.Target.values()) {
            known.add(target.word());
        }
        quantity = quantity.toLowerCase(Locale.ROOT);
        if (!known.contains(quantity)) {
            throw new IllegalArgumentException(
                    "--quantity " + quantity + ": " + Spelling.hint(quantity, known));
        }
        return Units.of(quantity);
    }

    private Image taken(Image image) {
        if (frame == null) {
            return image;
        }
        int channels = image.volume().channels();
        if (frame < 1 || frame > channels) {
            throw new IllegalArgumentException(
                    "--frame " + frame + ": the image has " + channels + ", counted from 1.");
        }
        return image.withVolume(image.volume().only(frame - 1));
    }

    private Image inUnits(Optional<Units> units, Image image, Trace trace) {
        if (units.isEmpty()) {
            warnOfSlopes(image, trace);
            return image;
        }
        Exam exam = Exam.of(InputFile.name(in), Map.of("image", image), Map.of(), Map.of());
        try {
            return units.get().apply(exam, trace).image("image");
        } catch (RefusedException e) {
            throw new RefusedException(
                    e.getMessage() + " To keep the stored numbers: --quantity raw");
        }
    }

    /** Stored numbers of slices with their own slopes cannot be compared; many PET are such. */
    private static void warnOfSlopes(Image image, Trace trace) {
        Optional<Numbers> slopes = image.tags().slices("RescaleSlope");
        if (slopes.isEmpty()) {
            return;
        }
        double[] all = slopes.get().toArray();
        for (double slope : all) {
            if (slope != all[0]) {
                trace.warn(
                        "RescaleSlope (0028,1053) differs between slices and is not applied: the"
                                + " stored numbers of two slices cannot be compared.");
                return;
            }
        }
    }

    /** The one place that decides what OUT is. */
    private void write(Image image, Optional<Deidentifier> deidentifier) {
        if (!Files.isDirectory(out) && InputFile.name(out).contains(".")) {
            Optional<Boolean> asked = deidentifier.map(d -> d.pixelsSilent(in));
            Images.write(out, image);
            asked.ifPresent(this::noteOfVoxels);
            return;
        }
        String unit = image.volume().quantity().label();
        Derivation derivation =
                new Derivation(
                        unit + " by Diapason",
                        "Values converted to " + unit + " by Diapason convert.",
                        List.of(Derivation.Method.MULTIPLICATION),
                        "convert " + quantity,
                        Version.NUMBER);
        Path source = like == null ? in : like;
        DerivedSeries.Written written =
                deidentifier
                        .map(d -> d.derive(image.volume(), source, out, derivation))
                        .orElseGet(
                                () ->
                                        DerivedSeries.write(
                                                image.volume(),
                                                source,
                                                out,
                                                derivation,
                                                keyOptions.burnedIn));
        if (written.largestError() > 0) {
            System.err.println(
                    "note: DICOM holds whole numbers, so values are rounded by up to "
                            + twoDigits(written.largestError())
                            + " "
                            + image.volume().quantity().unit());
        }
    }

    private static String twoDigits(double value) {
        MathContext two = new MathContext(2, RoundingMode.UP);
        return Text.of(new BigDecimal(value).round(two).doubleValue());
    }

    private void noteOfVoxels(boolean asked) {
        System.err.println(
                "note: "
                        + InputFile.name(out)
                        + " holds voxels and their place, nothing else of a patient, with or without"
                        + " --deidentify"
                        + (asked
                                ? "."
                                : "; "
                                        + InputFile.name(in)
                                        + " cannot say whether a name stands in its pixels. Look at"
                                        + " it."));
    }

    private String line(Volume volume) {
        boolean placed = ImageFormat.of(out).map(ImageFormat::placed).orElse(true);
        return InputFile.name(out)
                + ": "
                + volume
                + ", "
                + Inspection.range(volume)
                        .map(r -> Numbers.fixed(r.get(0), 2) + " … " + Numbers.fixed(r.get(1), 2))
                        .orElse("no values")
                + (placed ? "" : "; the place in the patient is not kept");
    }
}
