package dev.versicle.prompt;

import java.util.Collection;

/** Which models there are, and who may use them. */
@FunctionalInterface
public interface Models {
    /**
     * Throws {@link Problem.UnknownModel} for one that does not exist, {@link Problem.ModelDenied} for one that the
     * caller may not use.
     */
    void require(Caller caller, Collection<ModelName> models);
}
