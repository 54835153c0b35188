package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diapason.catalogue.Settings;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.CohortFile;
import org.diapason.report.Picture;
import org.diapason.report.Pictures;
import org.diapason.step.Cohort;
import org.diapason.step.Extractor;
import org.diapason.step.Operation;
import org.diapason.step.Outcome;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.steps.register.Register;
import org.diapason.steps.register.TemplateModel;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * The pictures of a report: the first exam of each batch, before and after; the first exams where
 * the recipe names no batch.
 */
final class Slices {
    private static final int MOST = 6;

    private Slices() {}

    static List<Picture> of(
            CohortFile table, Recipe recipe, String batch, Path out, Run.Result result) {
        Map<String, String> first = new LinkedHashMap<>();
        result.outcomes()
                .forEach(
                        (id, o) -> {
                            if (o instanceof Outcome.Done) {
                                String site = table.row(id).getOrDefault(batch, "");
                                first.putIfAbsent(batch.isEmpty() ? id : site, id);
                            }
                        });
        Cohort<Exam> cohort = table.of(recipe);
        List<Picture> pictures = new ArrayList<>();
        for (Map.Entry<String, String> e : first.entrySet()) {
            if (pictures.size() < MOST) {
                String site = batch.isEmpty() ? "" : e.getKey();
                pictures.addAll(exam(cohort, recipe, result, out, e.getValue(), site));
            }
        }
        return Pictures.alike(pictures.subList(0, Math.min(MOST, pictures.size())));
    }

    private static List<Picture> exam(
            Cohort<Exam> cohort,
            Recipe recipe,
            Run.Result result,
            Path out,
            String id,
            String site) {
        List<Picture> pictures = new ArrayList<>();
        try {
            Exam before = cohort.open(id);
            for (Operation<Exam> operation : recipe.images()) {
                if (operation.harmonizes()
                        || operation instanceof TemplateModel
                        || !(operation instanceof Step<Exam> step)) {
                    break;
                }
                before = // what was found is taken as it is: another search may find another
                        step instanceof Register
                                ? RegisteredPairs.carrying(before, out)
                                : step.apply(before, new Trace());
            }
            Path folder = out.resolve("images").resolve(id);
            for (String image : before.images().keySet()) {
                String mask = mask(recipe, image);
                Volume after = Nifti.read(folder.resolve(image + ".nii.gz")).volume();
                Path maskFile = folder.resolve(mask + ".mask.nii.gz");
                Mask maskAfter = Files.exists(maskFile) ? Nifti.readMask(maskFile) : null;
                Volume then = before.image(image).volume();
                pictures.add(
                        Pictures.of(
                                id,
                                image,
                                then,
                                before.masks().get(mask),
                                after.withQuantity(quantity(result, id, image)),
                                maskAfter,
                                site));
            }
        } catch (DataException | RefusedException e) {
            return pictures; // the exam went through the run; a page without its picture is better
            // than none
        }
        return pictures;
    }

    /** A NIfTI file does not say what its values are; the trace does. */
    private static Quantity quantity(Run.Result result, String id, String image) {
        return result.traces().get(id).children().stream()
                .filter(c -> c.name().equals("result"))
                .map(c -> Quantity.of((String) c.notes().get("quantity." + image)))
                .findFirst()
                .orElse(Quantity.UNKNOWN);
    }

    private static String mask(Recipe recipe, String image) {
        return recipe.features().stream()
                .filter(f -> f.image().equals(image))
                .map(Extractor::mask)
                .findFirst()
                .orElse("");
    }

    /** Returns the batch column that a recipe names, empty where it names none. */
    static String batch(Recipe recipe) {
        Set<Object> methods = new LinkedHashSet<>(recipe.table());
        methods.addAll(recipe.judge());
        return methods.stream()
                .map(m -> Settings.write(m).get("batch"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElse("");
    }
}
