package io.masumi.node.contracts.uplc;

/**
 * The binders around an expression. A variable's name is the number of binders around its own, so the same validator always
 * compiles to the same bytes.
 */
public final class Scope {

    /** A place that binds a variable; two are the same only if they are the same object. */
    static final class Binder {}

    private final Scope outer;
    private final Binder binder;
    private final int depth;

    private Scope(Scope outer, Binder binder, int depth) {
        this.outer = outer;
        this.binder = binder;
        this.depth = depth;
    }

    /** The scope of a whole script. */
    public static Scope empty() {
        return new Scope(null, null, 0);
    }

    Scope with(Binder inner) {
        return new Scope(this, inner, depth + 1);
    }

    /**
     * @throws IllegalStateException if the variable is used outside of its binder: an error in the validator's Java code
     */
    String name(Binder wanted) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.binder == wanted) {
                return "v" + scope.depth;
            }
        }
        throw new IllegalStateException("variable used outside of the function or block that binds it");
    }
}
