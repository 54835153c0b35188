package org.diapason.picture;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.step.Default;
import org.diapason.volume.Volume;

/**
 * How one image is drawn in colour over another: what the command and the step ask for alike. What
 * is not said follows from the images.
 *
 * @param window values of the grey image shown black and white, LO:HI; -160:240 for HU, 0:10 for
 *     SUV, else from the 1st to the 99th percentile
 * @param lut colours: hot, cold, viridis, green, grey or blue-red
 * @param range values of the other with the first and the last colour, LO:HI; 0:10 for SUV, -4:4
 *     for z-scores, -160:240 for HU, else up to the 99.9th percentile
 * @param alpha opacity of the colours, 0 to 1
 * @param from values of the other below are transparent; a fifth up the range, none where that
 *     begins below 0
 * @param slices axial, coronal or sagittal, with numbers (axial:10,20,30, counted from 0) or places
 *     (axial:-12.5,40mm, LPS); nine axial ones, denser where the other is bright
 */
public record OverlayLook(
        @Default("") Optional<String> window,
        @Default("hot") Lut lut,
        @Default("") Optional<String> range,
        @Default("0.6") double alpha,
        @Default("") OptionalDouble from,
        @Default("") List<String> slices) {
    private static final ValueRange UNIT = new ValueRange(0, 1, "");

    public OverlayLook {
        slices = List.copyOf(slices);
        slices.forEach(SliceChoice::of);
        window.ifPresent(text -> ValueRange.parse("--window", text));
        range.ifPresent(text -> ValueRange.parse("--range", text));
        new Overlay(UNIT, lut, UNIT, alpha, from.orElse(0));
    }

    /**
     * Returns how two images are laid over each other.
     *
     * @throws org.diapason.volume.RefusedException if one has no value to choose its scale by
     */
    Overlay of(Volume grey, Volume coloured) {
        ValueRange shown =
                range.map(text -> ValueRange.parse("--range", text))
                        .orElseGet(() -> usual(coloured));
        return new Overlay(
                window.map(text -> ValueRange.parse("--window", text))
                        .orElseGet(() -> ValueRange.grey(grey)),
                lut,
                shown,
                alpha,
                from.orElse(Overlay.defaultFrom(shown)));
    }

    private ValueRange usual(Volume coloured) {
        ValueRange usual = ValueRange.colour(coloured);
        return lut.parts() ? usual.evenAroundZero() : usual;
    }

    /** Returns the planes that are shown. */
    List<SliceChoice> choices(Volume grey) {
        return slices.isEmpty()
                ? List.of(SliceChoice.brightest(grey))
                : slices.stream().map(SliceChoice::of).toList();
    }
}
