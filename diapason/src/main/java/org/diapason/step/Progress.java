package org.diapason.step;

/** Is told how far a run is; called from many threads, so it must be quick and thread-safe. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (stage, done, total, lost) -> {};

    /**
     * @param stage what is being done, in a few words
     * @param done items that have ended, well or not
     * @param total items in this stage
     * @param lost items refused or failed in the run so far
     */
    void at(String stage, int done, int total, int lost);
}
