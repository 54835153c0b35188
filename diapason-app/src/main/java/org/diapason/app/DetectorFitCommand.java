package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.diapason.io.Images;
import org.diapason.io.run.DetectorFile;
import org.diapason.phantom.DetectorAnalysis;
import org.diapason.volume.DetectorCalibration;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason detector-fit}: the calibration of a detector from its dark and flat frames. */
@Command(
        name = "detector-fit",
        description = "Calibrate a detector on dark and flat frames; every slice is a frame.",
        footer = {
            "",
            "Example: diapason detector-fit dark.nii.gz --flat flat.nii.gz --detector panel-2"
                    + " --date 2026-11-20 --expires 2027-05-20 --out detector.json"
        })
final class DetectorFitCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "DARK",
            description = "Frames without radiation: files of any image format.")
    List<Path> darks = new ArrayList<>();

    @Option(
            names = "--flat",
            required = true,
            paramLabel = "FLAT",
            description = "Frames of the open field; may be given several times.")
    List<Path> flats = new ArrayList<>();

    @Option(
            names = "--level",
            paramLabel = "DOSE=FILE",
            description = "Flat frames of another dose, for the linearity curve; any unit.")
    Map<Double, Path> levels = new TreeMap<>();

    @Option(
            names = "--flat-level",
            paramLabel = "DOSE",
            description = "The dose of FLAT in the unit of the levels.")
    Double flatLevel;

    @Option(names = "--detector", required = true, paramLabel = "NAME", description = "Its name.")
    String detector;

    @Option(
            names = "--date",
            required = true,
            paramLabel = "DAY",
            description = "Day of the frames, 2026-11-20.")
    String date;

    @Option(
            names = "--expires",
            required = true,
            paramLabel = "DAY",
            description = "The last day on which the calibration may be used.")
    String expires;

    @Option(
            names = "--exposure-ms",
            paramLabel = "MS",
            description = "Exposure of the frames in ms; images of another one are then refused.")
    Double exposureMs;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "JSON",
            description = "The calibration file; dark and gain are written beside it as NIfTI.")
    Path out;

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        if (levels.isEmpty() != (flatLevel == null)) {
            throw new IllegalArgumentException(
                    "--level and --flat-level belong together: give both for a linearity curve, or"
                            + " neither.");
        }
        TreeMap<Double, Volume> doses = new TreeMap<>();
        levels.forEach((dose, file) -> doses.put(dose, Images.read(file).volume()));
        DetectorCalibration c =
                DetectorAnalysis.analyse(
                        volumes(darks),
                        volumes(flats),
                        flatLevel == null ? 1 : flatLevel,
                        doses,
                        new DetectorAnalysis.Circumstances(
                                detector,
                                date,
                                expires,
                                exposureMs == null
                                        ? OptionalDouble.empty()
                                        : OptionalDouble.of(exposureMs)));
        DetectorFile.write(out, c);
        System.out.println(
                c.detector()
                        + ": "
                        + c.columns()
                        + " × "
                        + c.rows()
                        + " pixels, "
                        + c.dead().size()
                        + " dead"
                        + (c.measured().size() == 0
                                ? ""
                                : ", raw "
                                        + Numbers.fixed(c.measured().max(), 1)
                                        + " is "
                                        + Numbers.fixed(c.linear().max(), 1)
                                        + " made linear"));
        System.out.println("calibration: " + out);
        return CommandLines.DONE;
    }

    private static List<Volume> volumes(List<Path> files) {
        return files.stream().map(f -> Images.read(f).volume()).toList();
    }
}
