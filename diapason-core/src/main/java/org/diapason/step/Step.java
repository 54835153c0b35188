package org.diapason.step;

/**
 * A pure change of one value. A step is a record: its components are its settings.
 *
 * @param <T> what it works on: an exam or a feature table
 */
public non-sealed interface Step<T> extends Operation<T> {

    /**
     * Returns the changed value; the input is not modified. Decided numbers go into the trace.
     *
     * @throws org.diapason.volume.RefusedException if the input is sound but must not be changed so
     * @throws org.diapason.volume.DataException if the input lacks or contradicts what is needed
     */
    T apply(T item, Trace trace);
}
