package org.diapason.steps.register;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.registration.Registered;
import org.diapason.registration.Registration;
import org.diapason.step.Progress;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * Registers an exam to a template that a cohort has learned, and adds that as an image; nothing is
 * interpolated until {@code common-grid} puts everything onto it.
 *
 * @param settings how the template was learned, and how exams are registered to it
 * @param grid of the template
 * @param values of the template, standard scores; NaN where fewer than half of the exams had any
 */
public record TemplateModel(GroupTemplate settings, Geometry grid, Numbers values)
        implements Step<Exam> {

    public TemplateModel {
        if (values.size() != grid.voxels()) {
            throw new IllegalArgumentException(
                    "a template of "
                            + grid.voxels()
                            + " voxels needs as many values, got "
                            + values.size());
        }
    }

    @Override
    public Set<String> images() {
        return settings.images();
    }

    @Override
    public Optional<String> source(String made) {
        return settings.source(made);
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        String image = settings.image();
        String name = settings.name();
        SortedMap<String, Image> images = new TreeMap<>(exam.images());
        if (images.put(name, Image.of(template())) != null) {
            throw new RefusedException(
                    "exam "
                            + exam.id()
                            + ": there is an image \""
                            + name
                            + "\" already. Give the template another name.");
        }
        CommonSpace.requireFree(exam, image, name);
        Registered found =
                new Registration(
                                settings.transform(),
                                settings.bins(),
                                settings.samples(),
                                trace.seed())
                        .find(
                                template(),
                                exam.image(image).volume(),
                                Optional.empty(),
                                Progress.NONE);
        trace.note(image + ".to", name);
        String who = "exam " + exam.id() + ", image " + image + " to " + name;
        Transform there = Decision.take(found, who, image, grid, Register.OnWarn.GO_ON, trace);
        return CommonSpace.with(exam.withImages(images), image, name, there, settings.along());
    }

    private Volume template() {
        float[] floats = new float[values.size()];
        for (int v = 0; v < floats.length; v++) {
            floats[v] = (float) values.get(v);
        }
        return Volume.of(grid, floats, Quantity.UNKNOWN);
    }
}
