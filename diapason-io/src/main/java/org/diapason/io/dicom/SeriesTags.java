package org.diapason.io.dicom;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.diapason.io.Text;
import org.diapason.steps.units.Nuclide;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.diapason.volume.Tags;

/** Gathers what all slices of a series say alike, and what each says for itself. */
final class SeriesTags {
    /** The defined terms of PS3.3 for attributes that have a closed list. */
    private static final Map<Keyword, Set<String>> WORDS =
            Map.of(
                    Keyword.Modality,
                    words(
                            "AR ASMT AU BDUS BI BMD CD CF CR CT CTPROTOCOL DG DOC DMS DX ECG EEG EMG"
                                    + " EOG EPS ES FID GM HC HD IO IOL IVOCT IVUS KER KO LEN LS M3D"
                                    + " MG MR NM OAM OCT OP OPM OPR OPT OPTBSV OPTENF OPV OSS OT PA"
                                    + " PLAN POS PR PT PX REG RESP RF RG RTDOSE RTIMAGE RTINTENT"
                                    + " RTPLAN RTRAD RTRECORD RTSEGANN RTSTRUCT RWV SEG SM SMR SR"
                                    + " SRF STAIN ST TEXTUREMAP TG US VA XA XAPROTOCOL XC"),
                    Keyword.DecayCorrection,
                    words("ADMIN NONE START"),
                    Keyword.Units,
                    words(
                            "1CM BQML CM2 CM2ML CNTS CPS GML MGMINML MLG MLMG MLMING MLMINML MLML"
                                    + " NONE PCNT PROPCNTS PROPCPS STDDEV UMOLMINML UMOLML"),
                    Keyword.SUVType,
                    words("BSA BW IBW LBM LBMJAMES128 LBMJANMA"),
                    Keyword.PatientSex,
                    words("F M O"),
                    Keyword.PatientIdentityRemoved,
                    words("NO YES"),
                    Keyword.BurnedInAnnotation,
                    words("NO YES"),
                    Keyword.LossyImageCompression,
                    words("00 01"),
                    Keyword.MRAcquisitionType,
                    words("1D 2D 3D"),
                    Keyword.ComplexImageComponent,
                    words("IMAGINARY MAGNITUDE MIXED PHASE REAL"));

    private SeriesTags() {}

    /**
     * Returns the tags of slices in the order of k.
     *
     * <p>A series-wide keyword whose value differs between slices is left out and named in {@code
     * DiffersBetweenSlices}. {@code AcquisitionSeconds} are seconds since 1970-01-01 on the
     * scanner's own clock, {@code AcquisitionSecondsOfDay} of PET since midnight where no slice has
     * a date; {@code RadionuclideCode} and {@code RealWorldValueSlope}, {@code …Intercept} and
     * {@code …Unit} are the first of their sequences.
     */
    static Tags of(List<Frame> frames) {
        Map<String, String> series = new TreeMap<>();
        Map<String, Numbers> slices = new TreeMap<>();
        StringBuilder differing = new StringBuilder();
        for (Keyword keyword : Keyword.values()) {
            if (keyword.use() == Keyword.Use.SERIES) {
                Optional<String> first = frames.get(0).values().text(keyword);
                DataSet one = frames.get(0).values();
                boolean same =
                        frames.stream()
                                .allMatch(
                                        f ->
                                                f.values().same(keyword, one)
                                                        || f.values().text(keyword).equals(first));
                if (same) {
                    first.ifPresent(text -> series.put(keyword.name(), shown(keyword, text)));
                } else {
                    differing.append(differing.isEmpty() ? "" : ", ").append(keyword.name());
                }
            } else if (keyword.use() == Keyword.Use.SLICE) {
                perSlice(
                        slices,
                        keyword.name(),
                        frames.stream().mapToDouble(f -> number(f, keyword)).toArray());
            }
        }
        nested(
                series,
                "RadionuclideCode",
                frames,
                Keyword.RadionuclideCodeSequence,
                Keyword.CodeValue);
        nested(
                series,
                "RealWorldValueSlope",
                frames,
                Keyword.RealWorldValueMappingSequence,
                Keyword.RealWorldValueSlope);
        nested(
                series,
                "RealWorldValueIntercept",
                frames,
                Keyword.RealWorldValueMappingSequence,
                Keyword.RealWorldValueIntercept);
        alike(series, "RealWorldValueUnit", frames, SeriesTags::unit);
        perSlice(
                slices,
                "AcquisitionSeconds",
                frames.stream().mapToDouble(f -> seconds(f.values())).toArray());
        if (!slices.containsKey("AcquisitionSeconds") && "PT".equals(series.get("Modality"))) {
            perSlice(
                    slices,
                    "AcquisitionSecondsOfDay",
                    frames.stream().mapToDouble(f -> ofDay(f.values())).toArray());
        }
        if (!differing.isEmpty()) {
            series.put("DiffersBetweenSlices", differing.toString());
        }
        return new Tags(series, slices);
    }

    private static Set<String> words(String list) {
        return Set.of(list.split(" "));
    }

    /** Says whether a modality is a defined term and not, perhaps, a name. */
    static boolean isModality(String text) {
        return WORDS.get(Keyword.Modality).contains(text);
    }

    /** Adds a value of the first item of a sequence where all frames have the same. */
    private static void nested(
            Map<String, String> series,
            String name,
            List<Frame> frames,
            Keyword sequence,
            Keyword value) {
        alike(
                series,
                name,
                frames,
                f ->
                        first(f.values(), sequence)
                                .flatMap(i -> i.text(value))
                                .map(
                                        text ->
                                                value == Keyword.CodeValue
                                                        ? nuclide(text)
                                                        : shown(value, text)));
    }

    private static void alike(
            Map<String, String> series,
            String name,
            List<Frame> frames,
            Function<Frame, Optional<String>> value) {
        List<Optional<String>> found = frames.stream().map(value).distinct().limit(2).toList();
        if (found.size() == 1) {
            found.get(0).ifPresent(text -> series.put(name, text));
        }
    }

    private static String nuclide(String code) {
        return Nuclide.ofCode(code).isPresent() ? code : Tags.quote(code);
    }

    private static Optional<DataSet> first(DataSet values, Keyword sequence) {
        return values.items(sequence).stream().findFirst();
    }

    /** Returns the unit (UCUM) that a file maps its stored numbers to. */
    private static Optional<String> unit(Frame frame) {
        return first(frame.values(), Keyword.RealWorldValueMappingSequence)
                .flatMap(mapping -> first(mapping, Keyword.MeasurementUnitsCodeSequence))
                .flatMap(unit -> unit.text(Keyword.CodeValue))
                .map(
                        code ->
                                code.matches("[A-Za-z0-9%^*/.{}\\[\\]'_-]{1,16}")
                                        ? code
                                        : Tags.quote(code));
    }

    /**
     * Returns where a time frame stands among those of its series: {@code FrameStartSeconds} after
     * the first, and {@code FrameDurationSeconds}; nothing where the series has but one.
     */
    static Map<String, String> time(SubSeries one, List<SubSeries> all) {
        Map<String, String> tags = new TreeMap<>();
        String series = one.text(Keyword.SeriesInstanceUID);
        double first = Double.POSITIVE_INFINITY;
        int alike = 0;
        for (SubSeries other : all) {
            if (other.text(Keyword.SeriesInstanceUID).equals(series)) {
                alike++;
                first = Math.min(first, earliest(other));
            }
        }
        double start = earliest(one);
        if (alike > 1 && Double.isFinite(start)) {
            tags.put("FrameStartSeconds", Text.of(start - first));
            double ms = number(one.frames().get(0), Keyword.ActualFrameDuration);
            if (!Double.isNaN(ms)) {
                tags.put("FrameDurationSeconds", Text.of(ms / 1000));
            }
        }
        return tags;
    }

    private static double earliest(SubSeries series) {
        double first = Double.POSITIVE_INFINITY;
        for (Frame frame : series.frames()) {
            double seconds = seconds(frame.values());
            first = seconds < first ? seconds : first;
        }
        return first;
    }

    /** What no value is computed from may be garbage; the parser has warned of it. */
    private static double number(Frame frame, Keyword keyword) {
        boolean needed =
                switch (keyword) {
                    case ExposureTime, XRayTubeCurrent, Exposure, TriggerTime -> false;
                    default -> true;
                };
        try {
            return frame.values().number(keyword).orElse(Double.NaN);
        } catch (DataException e) {
            if (needed) {
                throw e;
            }
            return Double.NaN;
        }
    }

    /**
     * Returns a value that tags may hold: in a number or a time no word, and of a closed list no
     * word but its own, since any other may be a name.
     */
    static String shown(Keyword keyword, String text) {
        Set<String> words = WORDS.get(keyword);
        if (words != null) {
            return words.contains(text.strip().toUpperCase(Locale.ROOT)) ? text : Tags.quote(text);
        }
        boolean number =
                switch (keyword.vr()) {
                    case "DA", "DS", "DT", "FD", "FL", "IS", "TM", "US" -> true;
                    default -> false;
                };
        return !number || text.matches("[-+0-9.,:eE \\\\]*") ? text : Tags.quote(text);
    }

    private static void perSlice(Map<String, Numbers> slices, String name, double[] values) {
        if (!Arrays.stream(values).allMatch(Double::isNaN)) {
            slices.put(name, Numbers.of(values));
        }
    }

    /** Returns when an image was taken; of what does not decay, a broken time is no time. */
    static double seconds(DataSet values) {
        try {
            return exactSeconds(values);
        } catch (DataException e) {
            if (values.text(Keyword.Modality).orElse("").equals("PT")) {
                throw e;
            }
            return Double.NaN;
        }
    }

    private static double exactSeconds(DataSet values) {
        Optional<String> date = values.text(Keyword.AcquisitionDate);
        Optional<String> time = values.text(Keyword.AcquisitionTime);
        if (date.isPresent() && time.isPresent()) {
            return seconds(values, Keyword.AcquisitionDate, date.get())
                    + ofDay(values, Keyword.AcquisitionTime, time.get());
        }
        Optional<String> both = values.text(Keyword.AcquisitionDateTime);
        if (both.isPresent() && both.get().length() >= 10) {
            String local = both.get().split("[+-]", 2)[0].strip();
            return seconds(values, Keyword.AcquisitionDateTime, local)
                    + ofDay(values, Keyword.AcquisitionDateTime, local.substring(8));
        }
        return Double.NaN;
    }

    private static double ofDay(DataSet values) {
        return values.text(Keyword.AcquisitionTime)
                .map(t -> ofDay(values, Keyword.AcquisitionTime, t))
                .orElse(Double.NaN);
    }

    private static double seconds(DataSet values, Keyword keyword, String text) {
        String digits = text.replace(".", "");
        if (text.matches("\\d{4}\\.\\d\\d\\.\\d\\d") || digits.matches("\\d{8,}")) {
            try {
                LocalDate date =
                        LocalDate.of(
                                Integer.parseInt(digits.substring(0, 4)),
                                Integer.parseInt(digits.substring(4, 6)),
                                Integer.parseInt(digits.substring(6, 8)));
                return date.toEpochDay() * 86400.0;
            } catch (DateTimeException e) {
                // falls through to the message below, which says what was found
            }
        }
        throw values.bad(keyword, "is not a date YYYYMMDD: found " + Tags.quote(text));
    }

    /** Reads HHMMSS.FFFFFF, HHMMSS, HHMM or HH, with colons as old files write it (PS3.5 6.2). */
    private static double ofDay(DataSet values, Keyword keyword, String text) {
        String digits = text.replace(":", "");
        if (digits.matches("([01]\\d|2[0-3])([0-5]\\d(([0-5]\\d|60)(\\.\\d*)?)?)?")) {
            String whole = digits.split("\\.", 2)[0];
            double seconds = 3600.0 * Integer.parseInt(whole.substring(0, 2));
            if (whole.length() >= 4) {
                seconds += 60.0 * Integer.parseInt(whole.substring(2, 4));
            }
            return whole.length() == 6
                    ? seconds + Double.parseDouble(digits.substring(4))
                    : seconds;
        }
        throw values.bad(keyword, "is not a time HHMMSS: found " + Tags.quote(text));
    }
}
