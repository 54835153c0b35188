package org.diapason.steps.fuse;

import java.util.List;
import java.util.Set;
import org.diapason.picture.Overlaid;
import org.diapason.picture.OverlayLook;
import org.diapason.step.Default;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Affine;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Draws one image of an exam in colour over another in grey: slices with a legend, as a picture
 * beside the report of the run. The images stay as they are.
 *
 * <p>The coloured image may lie on another grid, and may have been registered and not moved yet: it
 * is drawn where its header, or what was found, puts it.
 *
 * <p>Refused: a grey image that was registered and not moved yet; a coloured image without a value
 * where the grey one lies; a name that is taken.
 *
 * @param anat name of the image in grey
 * @param func name of the image in colour
 * @param into name of the picture, images/EXAM/NAME.png
 * @param look windows, colours and slices
 */
public record Overlay(String anat, String func, String into, @Default("") OverlayLook look)
        implements Step<Exam> {

    public Overlay {
        Inputs.requirePlain("anat", anat);
        Inputs.requirePlain("func", func);
        Inputs.requireNew("into", into, List.of(anat, func));
    }

    @Override
    public Set<String> images() {
        return Set.of(anat, func);
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        Inputs.requireFree(exam, "a picture", into, exam.pictures(), "into");
        Volume grey = new Inputs("overlay", List.of(anat)).volumes(exam).get(0);
        Volume coloured = exam.image(func).volume();
        return exam.withPicture(into, drawn(exam, grey, coloured, trace));
    }

    private Volume drawn(Exam exam, Volume grey, Volume coloured, Trace trace) {
        try {
            Overlaid overlaid =
                    Overlaid.of(
                                    look,
                                    grey,
                                    coloured,
                                    exam.transforms().getOrDefault(func, Affine.IDENTITY))
                            .orElseThrow(
                                    () ->
                                            new RefusedException(
                                                    func
                                                            + " has no value where "
                                                            + anat
                                                            + " lies. Register them, or leave the"
                                                            + " exam out."));
            Overlaid.Drawn drawn = overlaid.drawn();
            note(overlaid, drawn, trace);
            if (overlaid.colourless()) {
                trace.warn(
                        "exam "
                                + exam.id()
                                + ": no voxel of "
                                + func
                                + " is shown ("
                                + overlaid.fromWords()
                                + "), so there is no colour in the picture. Lower from.");
            }
            return drawn.picture();
        } catch (RefusedException | IllegalArgumentException e) {
            throw new RefusedException("exam " + exam.id() + ": " + e.getMessage());
        }
    }

    private void note(Overlaid overlaid, Overlaid.Drawn drawn, Trace trace) {
        org.diapason.picture.Overlay o = overlaid.overlay();
        trace.note(into + ".window", Numbers.of(o.window().low(), o.window().high()));
        trace.note(
                into + ".windowWhy",
                o.window().words(overlaid.grey().quantity()) + ", " + o.window().why());
        trace.note(into + ".range", Numbers.of(o.range().low(), o.range().high()));
        trace.note(
                into + ".rangeWhy",
                o.range().words(overlaid.coloured().quantity()) + ", " + o.range().why());
        trace.note(into + ".shown", overlaid.fromWords());
        trace.note(into + ".voxelsAboveRange", overlaid.above());
        trace.note(into + ".slices", String.join("; ", drawn.slices()));
        trace.note(into + ".pixelMm", drawn.pixelMm());
    }
}
