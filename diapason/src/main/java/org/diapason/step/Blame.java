package org.diapason.step;

import java.util.function.Supplier;
import org.diapason.volume.DataException;
import org.diapason.volume.RefusedException;

/** Carries the name of the operation in which an item was refused or failed. */
final class Blame extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String operation;

    private Blame(String operation, RuntimeException cause) {
        super(cause.getMessage(), cause, false, false);
        this.operation = operation;
    }

    String operation() {
        return operation;
    }

    static <T> T on(String operation, Supplier<T> body) {
        try {
            return body.get();
        } catch (RefusedException | DataException e) {
            throw new Blame(operation, e);
        }
    }
}
