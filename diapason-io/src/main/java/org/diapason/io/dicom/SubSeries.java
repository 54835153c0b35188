package org.diapason.io.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.diapason.volume.DataException;

/**
 * Frames that may form one volume: alike in everything that a volume has only one of.
 *
 * <p>Scanners and archives put several volumes under one SeriesInstanceUID: echoes, phases,
 * b-values, kernels, orientations, time frames. What always separates is in {@link #ALWAYS}. What
 * may also change from slice to slice of one volume ({@link #WHERE_THEY_MEET}: times, mostly)
 * separates only where two frames lie at one position.
 *
 * @param frames in the order of the files
 */
record SubSeries(List<Frame> frames) {
    /** What a volume has only one of. */
    static final List<Keyword> ALWAYS =
            List.of(
                    Keyword.SeriesInstanceUID,
                    Keyword.Modality,
                    Keyword.FrameOfReferenceUID,
                    Keyword.Rows,
                    Keyword.Columns,
                    Keyword.PixelSpacing,
                    Keyword.ImageOrientationPatient,
                    Keyword.StackID,
                    Keyword.ImageType,
                    Keyword.ComplexImageComponent,
                    Keyword.ConvolutionKernel,
                    Keyword.KVP,
                    Keyword.Units,
                    Keyword.EchoTime,
                    Keyword.InversionTime,
                    Keyword.DiffusionBValue);

    private static final List<Keyword> WHERE_THEY_MEET =
            List.of(
                    Keyword.TemporalPositionIdentifier,
                    Keyword.TemporalPositionIndex,
                    Keyword.EchoNumbers,
                    Keyword.NominalPercentageOfCardiacPhase,
                    Keyword.TriggerTime,
                    Keyword.DiffusionGradientOrientation,
                    Keyword.FlipAngle,
                    Keyword.RepetitionTime,
                    Keyword.ContrastBolusAgent,
                    Keyword.AcquisitionNumber,
                    Keyword.FrameReferenceTime,
                    Keyword.AcquisitionDateTime,
                    Keyword.AcquisitionTime,
                    Keyword.ActualFrameDuration);

    /** What tells series apart for a reader of a message; UIDs tell nobody anything. */
    static final List<Keyword> TELLING;

    static {
        List<Keyword> telling = new ArrayList<>(List.of(Keyword.SeriesNumber));
        telling.addAll(ALWAYS);
        telling.addAll(WHERE_THEY_MEET);
        telling.removeAll(List.of(Keyword.SeriesInstanceUID, Keyword.FrameOfReferenceUID));
        TELLING = List.copyOf(telling);
    }

    /** Numbers that are alike to this share, or to {@link #SAME_NUMBER}, are one number. */
    private static final double SAME_SHARE = 1e-3;

    private static final double SAME_NUMBER = 1e-4;

    /** Frames closer than this lie at one position, in mm. */
    private static final double SAME_PLACE_MM = 1e-3;

    /** Returns the volumes among the frames of a folder, by series number and by what separates. */
    static List<SubSeries> of(List<Frame> frames) {
        if (frames.isEmpty()) {
            return List.of();
        }
        List<List<Frame>> groups = List.of(byNumber(frames));
        for (Keyword keyword : ALWAYS) {
            groups = split(groups, keyword);
        }
        List<SubSeries> all = new ArrayList<>();
        for (List<Frame> group : groups) {
            apart(group).forEach(g -> all.add(new SubSeries(g)));
        }
        return all;
    }

    /** A stable order of series whose UIDs say nothing. */
    private static List<Frame> byNumber(List<Frame> frames) {
        List<Frame> sorted = new ArrayList<>(frames);
        Frame first = frames.get(0);
        if (!frames.stream().allMatch(f -> f.values().same(Keyword.SeriesNumber, first.values()))) {
            sorted.sort(
                    Comparator.comparingDouble(
                            f -> number(f, Keyword.SeriesNumber).orElse(Double.MAX_VALUE)));
        }
        return sorted;
    }

    private static List<List<Frame>> apart(List<Frame> group) {
        List<List<Frame>> groups = List.of(group);
        if (meetings(groups) == 0) {
            return groups;
        }
        for (Keyword keyword : WHERE_THEY_MEET) {
            List<List<Frame>> finer = split(groups, keyword);
            if (meetings(finer) == 0) {
                return finer;
            }
        }
        for (Keyword keyword : WHERE_THEY_MEET) {
            List<List<Frame>> finer = split(groups, keyword);
            groups = meetings(finer) < meetings(groups) ? finer : groups;
        }
        return groups;
    }

    /** Returns how many frames lie where another frame of their group lies. */
    private static int meetings(List<List<Frame>> groups) {
        int meetings = 0;
        for (List<Frame> group : groups) {
            double[][] places = new double[group.size()][];
            for (int n = 0; n < places.length; n++) {
                try {
                    places[n] = group.get(n).values().numbers(Keyword.ImagePositionPatient, 3);
                } catch (DataException e) {
                    return 0; // the stack will say what is wrong with it
                }
            }
            Arrays.sort(
                    places,
                    Comparator.<double[]>comparingDouble(p -> Math.rint(p[0] / SAME_PLACE_MM))
                            .thenComparingDouble(p -> Math.rint(p[1] / SAME_PLACE_MM))
                            .thenComparingDouble(p -> Math.rint(p[2] / SAME_PLACE_MM)));
            for (int n = 1; n < places.length; n++) {
                double most = 0;
                for (int r = 0; r < 3; r++) {
                    most = Math.max(most, Math.abs(places[n][r] - places[n - 1][r]));
                }
                meetings += most <= SAME_PLACE_MM ? 1 : 0;
            }
        }
        return meetings;
    }

    private static List<List<Frame>> split(List<List<Frame>> groups, Keyword keyword) {
        List<List<Frame>> finer = new ArrayList<>();
        groups.forEach(group -> finer.addAll(parts(group, keyword)));
        return finer;
    }

    private static Collection<List<Frame>> parts(List<Frame> group, Keyword keyword) {
        DataSet first = group.get(0).values();
        if (group.stream().allMatch(f -> f.values().same(keyword, first))) {
            return List.of(group);
        }
        boolean orders = keyword != Keyword.SeriesInstanceUID;
        Map<String, List<Frame>> byText =
                orders ? new TreeMap<>() : new java.util.LinkedHashMap<>();
        for (Frame frame : group) {
            String text = frame.values().text(keyword).orElse("");
            byText.computeIfAbsent(text, t -> new ArrayList<>()).add(frame);
        }
        return switch (keyword.vr()) {
            case "DS", "FD", "FL", "IS", "UL", "US" -> alike(byText);
            default -> byText.values();
        };
    }

    /** Puts together what is the same number, or numbers, written differently. */
    private static Collection<List<Frame>> alike(Map<String, List<Frame>> byText) {
        List<String> texts = new ArrayList<>(byText.keySet());
        texts.sort(Comparator.comparingDouble(SubSeries::first).thenComparing(t -> t));
        List<String> heads = new ArrayList<>();
        List<List<Frame>> groups = new ArrayList<>();
        for (String text : texts) {
            int at = -1;
            for (int g = heads.size() - 1; g >= 0 && at < 0; g--) {
                at = alike(heads.get(g), text) ? g : -1;
            }
            if (at < 0) {
                heads.add(text);
                groups.add(new ArrayList<>(byText.get(text)));
            } else {
                groups.get(at).addAll(byText.get(text));
            }
        }
        return groups;
    }

    private static double first(String text) {
        try {
            return Double.parseDouble(text.split("\\\\", 2)[0].trim());
        } catch (NumberFormatException e) {
            return Double.NEGATIVE_INFINITY;
        }
    }

    /** Says whether two texts mean the same: equal, or as many numbers that are nearly equal. */
    static boolean alike(String a, String b) {
        if (a.equalsIgnoreCase(b)) {
            return true;
        }
        String[] ours = a.split("\\\\", -1);
        String[] theirs = b.split("\\\\", -1);
        if (ours.length != theirs.length) {
            return false;
        }
        try {
            for (int n = 0; n < ours.length; n++) {
                double x = Double.parseDouble(ours[n].trim());
                double y = Double.parseDouble(theirs[n].trim());
                double near =
                        Math.max(SAME_NUMBER, SAME_SHARE * Math.max(Math.abs(x), Math.abs(y)));
                if (!(Math.abs(x - y) <= near)) {
                    return false;
                }
            }
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static OptionalDouble number(Frame frame, Keyword keyword) {
        try {
            return frame.values().number(keyword);
        } catch (DataException e) {
            return OptionalDouble.empty();
        }
    }

    /** Returns what all its frames say, empty where they say nothing or differ. */
    String text(Keyword keyword) {
        String first = frames.get(0).values().text(keyword).orElse("");
        for (Frame frame : frames) {
            if (!frame.values().same(keyword, frames.get(0).values())
                    && !alike(first, frame.values().text(keyword).orElse(""))) {
                return "";
            }
        }
        return first;
    }
}
