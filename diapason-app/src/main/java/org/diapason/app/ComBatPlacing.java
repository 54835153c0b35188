package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.io.run.ComBatFile;
import org.diapason.io.run.LongComBatFile;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.table.ComBatModel;
import org.diapason.table.CovBatModel;
import org.diapason.table.LongComBatModel;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/** A model that {@code combat fit} wrote, of any kind, and the batches placed since. */
interface ComBatPlacing {

    /** Reads a model. */
    static ComBatPlacing read(Path file) {
        return LongComBatFile.is(file)
                ? new OfSubjects(LongComBatFile.read(file))
                : new OfBatches(ComBatFile.read(file));
    }

    /** Returns ComBat as it is now. */
    ComBatModel combat();

    /** Returns what is to be predicted from the harmonized table, where the model protects it. */
    Optional<ComBatFile.Target> target();

    /**
     * Checks that all columns of a row are there that the model needs but for the batch.
     *
     * @throws RefusedException with what is wrong
     */
    void check(FeatureTable row);

    /** Adds the batch that rows are of and returns it. */
    ComBatModel.Batch place(FeatureTable rows, Trace trace);

    /** Adds the batches of a calibration file. */
    void take(Path calibration);

    /** Writes the batches placed by rows. */
    void save(Path calibration);

    /** Returns what harmonizes rows. */
    Step<FeatureTable> step();

    /** ComBat, or CovBat after it. */
    final class OfBatches implements ComBatPlacing {
        private final ComBatFile.Fitted fitted;
        private final List<ComBatModel.Batch> batches = new ArrayList<>();
        private final List<ComBatModel.Batch> scores = new ArrayList<>();
        private ComBatModel combat;
        private Optional<CovBatModel> covbat;

        OfBatches(ComBatFile.Fitted fitted) {
            this.fitted = fitted;
            combat = fitted.model();
            covbat = fitted.covariance().map(c -> new CovBatModel(fitted.model(), c));
        }

        @Override
        public ComBatModel combat() {
            return combat;
        }

        @Override
        public Optional<ComBatFile.Target> target() {
            return fitted.target();
        }

        @Override
        public void check(FeatureTable row) {
            combat.design().encode(row, 0);
        }

        @Override
        public ComBatModel.Batch place(FeatureTable rows, Trace trace) {
            ComBatModel.Batch batch;
            if (covbat.isPresent()) {
                CovBatModel.Placed placed = covbat.get().place(rows, trace);
                batch = placed.batch();
                scores.add(placed.scores());
                add(batch, Optional.of(placed.scores()));
            } else {
                batch = combat.place(rows, trace);
                add(batch, Optional.empty());
            }
            batches.add(batch);
            return batch;
        }

        private void add(ComBatModel.Batch batch, Optional<ComBatModel.Batch> score) {
            combat = combat.with(batch);
            covbat = covbat.map(m -> m.with(new CovBatModel.Placed(batch, score.orElseThrow())));
        }

        @Override
        public void take(Path file) {
            ComBatFile.Calibration calibration = ComBatFile.readCalibration(file, fitted);
            int wanted = covbat.isPresent() ? calibration.batches().size() : 0;
            if (calibration.scores().size() != wanted) {
                throw new DataException(
                        file.getFileName()
                                + " places "
                                + calibration.batches().size()
                                + " batches and the scores of "
                                + calibration.scores().size()
                                + ", and this model needs those of "
                                + wanted
                                + ". Make the calibration anew.");
            }
            for (int b = 0; b < calibration.batches().size(); b++) {
                add(
                        calibration.batches().get(b),
                        wanted == 0 ? Optional.empty() : Optional.of(calibration.scores().get(b)));
            }
        }

        @Override
        public void save(Path file) {
            ComBatFile.write(
                    file, new ComBatFile.Calibration(ComBatFile.hash(fitted), batches, scores));
        }

        @Override
        public Step<FeatureTable> step() {
            return covbat.isPresent() ? covbat.get() : combat;
        }
    }

    /** Longitudinal ComBat. */
    final class OfSubjects implements ComBatPlacing {
        private final LongComBatModel fitted;
        private final List<LongComBatModel.Placed> batches = new ArrayList<>();
        private LongComBatModel model;

        OfSubjects(LongComBatModel fitted) {
            this.fitted = fitted;
            model = fitted;
        }

        @Override
        public ComBatModel combat() {
            return model.combat();
        }

        @Override
        public Optional<ComBatFile.Target> target() {
            return Optional.empty();
        }

        @Override
        public void check(FeatureTable row) {
            model.check(row);
        }

        @Override
        public ComBatModel.Batch place(FeatureTable rows, Trace trace) {
            LongComBatModel.Placed placed = model.place(rows, trace);
            batches.add(placed);
            model = model.with(placed);
            return placed.batch();
        }

        @Override
        public void take(Path file) {
            LongComBatFile.readCalibration(file, fitted)
                    .batches()
                    .forEach(b -> model = model.with(b));
        }

        @Override
        public void save(Path file) {
            LongComBatFile.write(
                    file, new LongComBatFile.Calibration(LongComBatFile.hash(fitted), batches));
        }

        @Override
        public Step<FeatureTable> step() {
            return model;
        }
    }
}
